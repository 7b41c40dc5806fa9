package org.cairndns.corefile;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An IP network.
 *
 * @param network its first address; host bits are zero
 * @param prefixLength 0 to 32 or 128
 */
public record Cidr(InetAddress network, int prefixLength) {

    public Cidr {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefixLength: expected 0 to " + bits + ", got " + prefixLength);
        }
        network = masked(network, prefixLength);
    }

    /** Address, slash, decimal prefix length; host bits are cleared. Empty for any other text. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Optional<InetAddress> address = IpLiterals.parse(text.substring(0, slash));
        Optional<Long> prefix = GoNumbers.unsigned(text.substring(slash + 1));
        if (address.isEmpty() || prefix.isEmpty()) {
            return Optional.empty();
        }
        InetAddress network = address.get();
        int mappedBits = text.indexOf(':') >= 0 && network.getAddress().length == 4 ? 96 : 0;
        long length = prefix.get() - mappedBits;
        int bits = network.getAddress().length * Byte.SIZE;
        boolean fits = length >= 0 && length <= bits;
        return fits ? Optional.of(new Cidr(network, (int) length)) : Optional.empty();
    }

    /** Whether an address of the same family lies in this network; an address of the other family never does. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && masked(address, prefixLength).equals(network);
    }

    private static InetAddress masked(InetAddress address, int prefixLength) {
        byte[] octets = address.getAddress();
        for (int i = 0; i < octets.length; i++) {
            int keep = Math.max(0, Math.min(Byte.SIZE, prefixLength - i * Byte.SIZE));
            octets[i] = (byte) (octets[i] & (0xff00 >> keep));
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets", e);
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
