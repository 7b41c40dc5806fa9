package org.cairndns.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.acceptance.DnsClient.Answer;

/**
 * One service of a {@link LoadedCluster} with what DNS must say of it.
 *
 * <p>While a change is under way both the old and the new answer are right. Changed by one thread, read by any.
 */
final class LoadedService {
    /** A service at one moment; no addresses where it does not exist. */
    record State(boolean exists, boolean headless, Set<String> addresses) {
        static final State ABSENT = new State(false, false, Set.of());

        Answer a() {
            return addresses.isEmpty() ? Answer.NAME_ERROR : Answer.of(addresses);
        }

        Answer aaaa() {
            return addresses.isEmpty() ? Answer.NAME_ERROR : Answer.NODATA;
        }
    }

    final String namespace;
    final String name;
    final int number;
    private volatile List<State> states = List.of(State.ABSENT);

    LoadedService(String namespace, String name, int number) {
        this.namespace = namespace;
        this.name = name;
        this.number = number;
    }

    String qname() {
        return name + "." + namespace + ".svc.cluster.local.";
    }

    /** The states that an answer may show now. */
    List<State> states() {
        return states;
    }

    State latest() {
        return states.getLast();
    }

    /** From now on an answer may show the next state too. */
    void begin(State next) {
        List<State> both = new ArrayList<>(states);
        both.add(next);
        states = List.copyOf(both);
    }

    /** From now on an answer must show the latest state. */
    void settle() {
        states = List.of(latest());
    }

    /** Cluster IP in 10.152.0.0/16, the same as long as the service lives. */
    String clusterIp() {
        return "10.152." + (1 + number / 250) + "." + (1 + number % 250);
    }

    /** Addresses of this many endpoints, other ones for each generation. */
    Set<String> endpoints(int count, int generation) {
        Set<String> addresses = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            addresses.add("10." + (16 + generation % 64) + "." + number / 60 + "." + (1 + number % 60 * 4 + i));
        }
        return addresses;
    }
}
