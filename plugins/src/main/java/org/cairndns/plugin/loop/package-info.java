/** The {@code loop} directive: ends the process when a query of its own comes back to it through its upstreams. */
package org.cairndns.plugin.loop;
