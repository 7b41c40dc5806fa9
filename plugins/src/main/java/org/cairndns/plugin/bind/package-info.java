/** The {@code bind} directive: the local addresses that a server block listens on. */
package org.cairndns.plugin.bind;
