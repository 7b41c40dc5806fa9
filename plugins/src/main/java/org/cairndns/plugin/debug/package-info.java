/** The {@code debug} directive: turns debug lines of the log on. */
package org.cairndns.plugin.debug;
