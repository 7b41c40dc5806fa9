package org.cairndns.plugin.prometheus;

/**
 * Labels that a query has before anything is known of its response.
 *
 * @param server metrics name of the listener, {@code dns://:53}
 * @param zone key of the server block that the qname lies in, {@code .} outside all of them, or {@code dropped}
 * @param view name of the block's view, empty without one
 * @param proto {@code udp} or {@code tcp}
 * @param family {@code 1} for IPv4, {@code 2} for IPv6
 * @param plugin the handler below {@code prometheus}, to which responses are put down
 */
record SeriesKey(String server, String zone, String view, String proto, String family, String plugin) {}
