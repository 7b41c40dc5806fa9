package org.cairndns.perf.container;

import java.util.Map;
import java.util.Set;

/**
 * What a container is kept from.
 *
 * @param user {@code UID} or {@code UID:GID}; empty for that of the image
 * @param isRootReadOnly whether its root file system cannot be written to
 * @param dropped capabilities that it has not, {@code ALL} for each but those of {@code added}
 * @param added capabilities that it may have, {@code NET_BIND_SERVICE} for example
 * @param mayGainPrivileges whether one of its processes may come to more rights than the one that started it
 * @param sysctls settings of its network
 */
public record Confinement(
        String user,
        boolean isRootReadOnly,
        Set<String> dropped,
        Set<String> added,
        boolean mayGainPrivileges,
        Map<String, String> sysctls) {
    /** That of the stock manifests: user of the image, no right but to listen below port 1024, nothing to write to. */
    public static final Confinement STOCK =
            new Confinement("", true, Set.of("ALL"), Set.of("NET_BIND_SERVICE"), false, Map.of());

    public Confinement {
        dropped = Set.copyOf(dropped);
        added = Set.copyOf(added);
        sysctls = Map.copyOf(sysctls);
    }

    Confinement with(Map<String, String> otherSysctls) {
        return new Confinement(user, isRootReadOnly, dropped, added, mayGainPrivileges, otherSysctls);
    }
}
