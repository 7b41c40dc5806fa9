package org.cairndns.perf.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Which processor runs what, so that load and server do not take each other's time.
 *
 * @param server number of the processor of the measured server, as taskset has it
 * @param client number of the processor of the load, the upstream and the API server
 */
public record Cores(int server, int client) {
    public List<String> forServer(List<String> command) {
        return pinned(server, command);
    }

    List<String> forClient(List<String> command) {
        return pinned(client, command);
    }

    private static List<String> pinned(int core, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
        pinned.addAll(command);
        return pinned;
    }
}
