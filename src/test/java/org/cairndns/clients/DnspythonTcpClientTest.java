package org.cairndns.clients;

import java.nio.file.Path;
import java.util.List;

/** Python's dnspython over TCP only. */
class DnspythonTcpClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return PythonClientTest.lookup(work, "dnspython-tcp", "dns");
    }
}
