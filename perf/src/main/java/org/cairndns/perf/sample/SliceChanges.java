package org.cairndns.perf.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An endless sequence of changes to the EndpointSlices of services, each of which makes a difference: the first endpoint becomes
 * ready or unready, or the second gets another address, as when its pod is replaced. Services keep at least one ready endpoint.
 *
 * <p>Half the changes go to headless services, whose answers they change. A function of the services and the seed. For one thread.
 */
public final class SliceChanges {
    private static final State AS_LOADED = new State(true, false);

    private final List<SampleService> headless = new ArrayList<>();
    private final List<SampleService> others = new ArrayList<>();
    private final Map<SampleService, State> states = new HashMap<>();
    private final Random random;

    /**
     * One change.
     *
     * @param path of the object at the API server
     * @param jsonPatch by RFC 6902
     */
    public record Change(String path, String jsonPatch) {}

    /** How a slice is now. */
    private record State(boolean firstReady, boolean secondMoved) {}

    /**
     * @param services at least one with two endpoints; those with fewer are left alone
     */
    public SliceChanges(List<SampleService> services, long seed) {
        for (SampleService service : services) {
            if (service.endpoints().size() >= 2) {
                (service.headless() ? headless : others).add(service);
            }
        }
        this.random = new Random(seed);
    }

    /** The next change, which expects that those before have been made. */
    public Change next() {
        SampleService service = any();
        State state = states.getOrDefault(service, AS_LOADED);
        boolean readiness = random.nextBoolean();
        State changed = readiness
                ? new State(!state.firstReady, state.secondMoved)
                : new State(state.firstReady, !state.secondMoved);
        states.put(service, changed);
        return new Change(
                ApiObjects.slicePath(service),
                readiness
                        ? ApiObjects.readiness(0, changed.firstReady)
                        : ApiObjects.address(1, address(service, changed.secondMoved)));
    }

    private SampleService any() {
        List<SampleService> chosen =
                others.isEmpty() || (!headless.isEmpty() && random.nextBoolean()) ? headless : others;
        return chosen.get(random.nextInt(chosen.size()));
    }

    /** Its own address, or one in a part of 10.0.0.0/8 that the sample cluster does not use. */
    private static String address(SampleService service, boolean moved) {
        String own = service.endpoints().get(1);
        String[] octets = own.split("\\.");
        return moved ? "10." + (Integer.parseInt(octets[1]) + 64) + "." + octets[2] + "." + octets[3] : own;
    }
}
