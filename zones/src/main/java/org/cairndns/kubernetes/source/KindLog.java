package org.cairndns.kubernetes.source;

import java.util.Map;
import java.util.stream.Collectors;
import org.cairndns.kubernetes.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of one kind: a line when something changes. */
final class KindLog {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSource.class);
    private static final int MAX_NAMES = 10;

    private final ApiResource resource;
    private final ConnectionLog connection;
    private ApiFailure.@Nullable Reason broken;
    private ApiTroubles.@Nullable Trouble lasting;

    KindLog(ApiResource resource, ConnectionLog connection) {
        this.resource = resource;
        this.connection = connection;
    }

    void listed(int objects) {
        LOG.debug("{}: {} read", resource.plural(), objects);
    }

    /** Changes arrive. */
    void watching() {
        connection.answers();
        end(resource.plural() + ": the API answers again");
    }

    /** A watch is begun anew as a precaution. */
    void silent(ApiFailure failure) {
        LOG.debug("{}: {}, watching anew", resource.plural(), failure.text());
    }

    /** What is known was found to differ from what the API has. */
    void diverged(Map<ObjectName, String> different) {
        String some = different.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_NAMES)
                .map(entry -> ApiFailure.oneLine(entry.getKey() + " " + entry.getValue()))
                .collect(Collectors.joining(", "));
        LOG.warn(
                "{}: {} differ from what the API has, reading all anew: {}{}",
                resource.plural(),
                different.size(),
                some,
                different.size() > MAX_NAMES ? ", ..." : "");
    }

    /** The API was set back to an older state. */
    void wentBack(String text) {
        LOG.warn("{}: {}, reading all anew", resource.plural(), text);
    }

    void failed(ApiFailure failure) {
        if (ConnectionLog.concerns(failure)) {
            connection.failed(failure);
            return;
        }
        if (failure.reason() == broken) {
            LOG.debug("{}: {}", resource.plural(), failure.text());
            return;
        }
        ApiTroubles.Trouble trouble = troubleOf(failure);
        if (lasting != trouble) {
            end("");
        }
        broken = failure.reason();
        lasting = trouble;
        connection.troubles().begin(trouble, resource.plural(), resource.plural() + ": " + words(trouble, failure));
    }

    /** Nobody asks any more. */
    void close() {
        end("");
    }

    private void end(String line) {
        if (lasting != null) {
            connection.troubles().end(lasting, resource.plural(), line);
            lasting = null;
            broken = null;
        }
    }

    private ApiTroubles.Trouble troubleOf(ApiFailure failure) {
        if (failure.reason() == ApiFailure.Reason.FORBIDDEN) {
            return ApiTroubles.Trouble.API_FORBIDDEN;
        }
        boolean unknown = failure.reason() == ApiFailure.Reason.NOT_FOUND && resource.isOptional();
        return unknown ? ApiTroubles.Trouble.API_KIND_MISSING : ApiTroubles.Trouble.API_FAILING;
    }

    private String words(ApiTroubles.Trouble trouble, ApiFailure failure) {
        return switch (trouble) {
            case API_FORBIDDEN ->
                "the API does not allow to read them, going on without: " + failure.text()
                        + " (needed in a ClusterRole: " + resource.rbacRule() + ")";
            case API_KIND_MISSING -> "the API has no such kind, going on without until it has: " + failure.text();
            case API_FAILING, API_UNREACHABLE -> failure.text() + " (what is known stays in use, trying again)";
        };
    }
}
