/** The {@code ready} directive: an HTTP page that says whether every plugin is ready to answer. */
package org.cairndns.plugin.ready;
