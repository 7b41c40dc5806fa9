package org.cairndns.plugin.dns64;

/**
 * What the {@code dns64} directive says.
 *
 * @param translateAll true to replace AAAA records that a name has
 * @param allowIpv4 true to translate for clients that ask over IPv4, too
 */
record Dns64Config(Nat64Prefix prefix, boolean translateAll, boolean allowIpv4) {}
