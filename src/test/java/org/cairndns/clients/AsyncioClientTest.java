package org.cairndns.clients;

import java.nio.file.Path;
import java.util.List;

/** Python's asyncio, which has threads call getaddrinfo. */
class AsyncioClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return PythonClientTest.lookup(work, "asyncio", "asyncio");
    }
}
