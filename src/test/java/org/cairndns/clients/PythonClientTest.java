package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;

/** Python's socket.getaddrinfo: Ray, database drivers. */
class PythonClientTest extends ClientBattery {
    /** Debian's, which has Debian's packages. */
    private static final String PYTHON = "/usr/bin/python3";

    @Override
    List<String> command(Path work) throws Exception {
        return lookup(work, "getaddrinfo", "socket");
    }

    /** The program {@code lookup.py} with this way to look up names, which takes a module. */
    static List<String> lookup(Path work, String way, String module) throws Exception {
        assumeTrue(Programs.present(PYTHON), "python3 is not installed");
        assumeTrue(
                Programs.run(PYTHON, "-c", "import " + module).exit() == 0,
                "the package python3-" + module + " is not installed");
        return List.of(PYTHON, Resource.copy("lookup.py", work).toString(), way);
    }
}
