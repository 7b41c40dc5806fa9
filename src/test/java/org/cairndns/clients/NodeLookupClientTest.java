package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;

/** Node's dns.lookup, which is getaddrinfo: Homepage, and whatever connects by name. */
class NodeLookupClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return lookup(work, "lookup");
    }

    /** The program {@code lookup.js} with this way to look up names. */
    static List<String> lookup(Path work, String way) throws Exception {
        assumeTrue(Programs.present("node"), "the package nodejs is not installed");
        return List.of("node", Resource.copy("lookup.js", work).toString(), way);
    }
}
