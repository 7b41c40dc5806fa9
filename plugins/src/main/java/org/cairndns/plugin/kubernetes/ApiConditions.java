package org.cairndns.plugin.kubernetes;

import java.util.Locale;
import org.cairndns.kubernetes.source.ApiTroubles;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;

/** What is wrong with the API of one cluster, as conditions of the process. */
final class ApiConditions implements ApiTroubles {
    private static final PluginLog LOG = PluginLog.of("kubernetes");

    private final Conditions conditions;
    private final String source;

    /**
     * @param source how the cluster is called in logs and metrics
     */
    ApiConditions(Conditions conditions, String source) {
        this.conditions = conditions;
        this.source = source;
    }

    @Override
    public void begin(Trouble trouble, String kind, String line) {
        conditions.begin(LOG, name(trouble), subject(kind), line);
    }

    @Override
    public void end(Trouble trouble, String kind, String line) {
        if (line.isEmpty()) {
            conditions.drop(name(trouble), subject(kind));
        } else {
            conditions.end(LOG, name(trouble), subject(kind), line);
        }
    }

    private static String name(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }

    private String subject(String kind) {
        return kind.isEmpty() ? source : source + " " + kind;
    }
}
