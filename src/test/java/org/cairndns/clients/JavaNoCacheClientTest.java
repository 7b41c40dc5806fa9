package org.cairndns.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Java's InetAddress in a JVM that is told to remember nothing.
 *
 * <p>By a file: the system property for names that are nowhere does nothing, as the JVM's own file sets 10 seconds.
 */
class JavaNoCacheClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        Path properties = work.resolve("java.security");
        Files.writeString(properties, "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n");
        return JavaClientTest.lookup("inet", "-Djava.security.properties=" + properties);
    }
}
