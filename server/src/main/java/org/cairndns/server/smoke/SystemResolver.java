package org.cairndns.server.smoke;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** The resolver of the C library with its search list, as programs call it (getaddrinfo). */
@FunctionalInterface
interface SystemResolver {
    /** Addresses of a name; blocks, for the C library's own time. */
    List<InetAddress> lookUp(String name) throws IOException;
}
