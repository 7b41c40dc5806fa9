/** The {@code loop} directive: leaves out upstreams that send queries back to this server. */
package org.cairndns.plugin.loop;
