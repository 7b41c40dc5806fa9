package org.cairndns.perf.load;

/**
 * Who asks: sockets with addresses of the loopback network.
 *
 * @param count sockets, 1 and up
 * @param firstHost number behind {@code 127} of the first one's address, the others follow; 0 if all share 127.0.0.1
 */
public record Clients(int count, int firstHost) {}
