package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.clients.Conversation.Seen;

/** Java's InetAddress, which is getaddrinfo with a memory of 30 seconds. */
class JavaClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) {
        return lookup("inet");
    }

    /** The program {@link JavaLookup} with this way to look up names. */
    static List<String> lookup(String way, String... options) {
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", ServerProcess.classPath(), JavaLookup.class.getName(), way));
        return command;
    }

    @Override
    void assertMoved(Seen seen, String before, String now) {
        assertThat(seen.items()).as("what a JVM remembers").containsExactly(before);
    }

    @Override
    void assertGone(Seen seen, String before) {
        assertThat(seen.items()).as("what a JVM remembers").containsExactly(before);
    }
}
