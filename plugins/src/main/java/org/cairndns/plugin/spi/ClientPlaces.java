package org.cairndns.plugin.spi;

import java.net.InetAddress;

/**
 * Where client addresses stand in a table of fixed size.
 *
 * <p>Addresses that fall on the same place share what is kept there. Which ones do is different in every process, so that
 * nobody can choose an address that meets another one. Any thread.
 */
public final class ClientPlaces {
    /** 2^32 divided by the golden ratio. */
    private static final int MIX = 0x9e37_79b9;

    private final int bits;

    /** Odd, as is every factor that loses no bits. */
    private final int factor;

    /**
     * Places for addresses.
     *
     * @param bits of the number of a place, 1 to 31
     * @param seed a random number that no client knows
     */
    public ClientPlaces(int bits, int seed) {
        this.bits = bits;
        this.factor = seed | 1;
    }

    /** How many there are. */
    public int count() {
        return 1 << bits;
    }

    /** The place of an address, from 0. */
    public int of(InetAddress client) {
        // Neighbouring addresses must not fall on one place, whatever the factor is.
        int hash = client.hashCode() * MIX;
        return (hash ^ hash >>> 15) * factor >>> Integer.SIZE - bits;
    }
}
