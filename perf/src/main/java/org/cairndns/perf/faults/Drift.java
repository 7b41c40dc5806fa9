package org.cairndns.perf.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.compare.ApiConnection;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleService;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services whose answers are not what the API has.
 *
 * @param compared services
 * @param differing names with what was answered and what should have been
 */
record Drift(int compared, List<String> differing) {
    /** Longest time from a change to its answer; what differs then differs for good. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    /**
     * Compares the addresses of all services.
     *
     * @param port of 127.0.0.1 where the server answers over TCP
     */
    static Drift between(ApiConnection api, int port, List<SampleService> services)
            throws IOException, InterruptedException {
        LockSupport.parkNanos(SETTLE_NANOS);
        SimpleResolver server = new SimpleResolver("127.0.0.1");
        server.setPort(port);
        server.setTCP(true);
        server.setTimeout(ANSWER_LIMIT);
        List<String> differing = new ArrayList<>();
        for (SampleService service : services) {
            Set<String> wanted = wanted(api, service);
            TreeSet<String> got = addresses(server, service.dnsName());
            if (!got.equals(wanted)) {
                differing.add(service.dnsName() + ": " + got + " instead of " + wanted);
            }
        }
        return new Drift(services.size(), differing);
    }

    /** The addresses that the name of a service should have by what is in the API. */
    static Set<String> wanted(ApiConnection api, SampleService service) throws IOException, InterruptedException {
        return service.headless()
                ? ready(JSON.readTree(api.get(ApiObjects.slicePath(service))))
                : Set.of(service.clusterIp());
    }

    private static TreeSet<String> ready(JsonNode slice) {
        TreeSet<String> addresses = new TreeSet<>();
        for (JsonNode endpoint : slice.path("endpoints")) {
            if (endpoint.path("conditions").path("ready").asBoolean()) {
                endpoint.path("addresses").forEach(address -> addresses.add(address.asString()));
            }
        }
        return addresses;
    }

    private static TreeSet<String> addresses(SimpleResolver server, String name) throws IOException {
        Message answer =
                server.send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN)));
        TreeSet<String> addresses = new TreeSet<>();
        answer.getSection(Section.ANSWER).forEach(record -> addresses.add(record.rdataToString()));
        return addresses;
    }
}
