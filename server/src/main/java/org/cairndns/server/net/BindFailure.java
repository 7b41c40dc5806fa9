package org.cairndns.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;

/** Reason why a listening socket could not be opened, in words that name the address and a remedy. */
final class BindFailure {
    private static final String ADDRESS_MISSING = "Cannot assign requested address";
    private static final String IN_USE = "Address already in use";
    private static final String FAMILY_MISSING = "Address family not supported";

    private BindFailure() {}

    /** True if the failure that {@link #of} made says that no interface has the address, or has it ready. */
    static boolean isAddressMissing(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(ADDRESS_MISSING);
    }

    /** True if the failure that {@link #of} made says that another socket has the port. */
    static boolean isPortTaken(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(IN_USE);
    }

    /** True if the failure that {@link #of} made says that the kernel does without IPv6. */
    static boolean isFamilyMissing(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(FAMILY_MISSING);
    }

    /** As Java says that there is no IPv6: unchecked, and mostly without a word. */
    private static boolean isOfFamily(Throwable cause) {
        return cause instanceof UnsupportedOperationException || cause instanceof UnsupportedAddressTypeException;
    }

    static IOException of(String transport, InetSocketAddress address, Throwable cause) {
        String text = isOfFamily(cause) ? FAMILY_MISSING : String.valueOf(cause.getMessage());
        String remedy = "";
        if (text.contains(IN_USE)) {
            remedy = " (another process listens there: stop it, or choose another port with -p or in the Corefile)";
        } else if (text.contains("Permission denied")) {
            remedy = " (ports below 1024 are for root with the right NET_BIND_SERVICE, unless the sysctl"
                    + " net.ipv4.ip_unprivileged_port_start is lower: set it, or choose another port with -p)";
        } else if (text.contains(ADDRESS_MISSING)) {
            remedy = " (no interface has this address)";
        }
        String host = address.getAddress().isAnyLocalAddress()
                ? ""
                : address.getAddress().getHostAddress();
        return new IOException(
                "listen " + transport + " " + host + ":" + address.getPort() + ": " + text + remedy, cause);
    }
}
