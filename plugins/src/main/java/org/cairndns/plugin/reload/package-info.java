/** The {@code reload} directive: looks at the Corefile from time to time and has the server take up what changed. */
package org.cairndns.plugin.reload;
