/** The {@code health} directive: an HTTP page that says that the process lives. */
package org.cairndns.plugin.health;
