/** The {@code nsid} directive: tells clients that ask which of several servers answered. */
package org.cairndns.plugin.nsid;
