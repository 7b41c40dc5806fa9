package org.cairndns.plugin.health.status;

import java.util.HashMap;
import java.util.Map;

/** Headers that keep browsers from doing more with a page than showing it. */
final class SafeHeaders {
    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    /** Of what is another one each time. */
    static final Map<String, String> CHANGING = with("no-store");

    /** Of files that change with the version; a browser asks whether they have. */
    static final Map<String, String> LASTING = with("no-cache");

    private SafeHeaders() {}

    private static Map<String, String> with(String caching) {
        Map<String, String> headers = new HashMap<>(ALL);
        headers.put("Cache-Control", caching);
        return Map.copyOf(headers);
    }
}
