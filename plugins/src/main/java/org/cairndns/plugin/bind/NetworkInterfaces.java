package org.cairndns.plugin.bind;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Addresses of network interfaces by the interface's name; none for a name without an interface. */
@FunctionalInterface
interface NetworkInterfaces {
    List<InetAddress> addresses(String name);

    static NetworkInterfaces ofThisMachine() {
        return NetworkInterfaces::find;
    }

    private static List<InetAddress> find(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found == null ? List.of() : found.inetAddresses().toList();
        } catch (SocketException e) {
            throw new IllegalStateException("read network interfaces: " + e.getMessage(), e);
        }
    }
}
