package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.List;

/** The reading of zone arguments, the {@code [ZONES...]} of a directive. */
public final class ZoneNames {
    private ZoneNames() {}

    /**
     * The zones a directive is responsible for: its arguments, or the keys of its server block when it has none. CIDR
     * arguments become reverse zones, schemes and ports are dropped, and an argument that is no zone is left out with a
     * warning, as CoreDNS does without one.
     *
     * @return lower case, absolute; empty only if every argument is left out
     */
    public static List<String> parseZoneArguments(List<Token> args, ServerBlock block, Problems problems) {
        return args.isEmpty() ? block.zones() : parseZones(args, problems);
    }

    /** The zones that the arguments name, by the same rules; none for no arguments. */
    public static List<String> parseZones(List<Token> args, Problems problems) {
        List<String> zones = new ArrayList<>();
        for (Token arg : args) {
            try {
                zones.addAll(ZoneName.parse(ZoneKeys.withoutScheme(arg.text())).zones());
            } catch (IllegalArgumentException e) {
                problems.warn(arg.position(), "zone '" + arg.text() + "' is left out, " + e.getMessage());
            }
        }
        return List.copyOf(zones);
    }
}
