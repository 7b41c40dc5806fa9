package org.cairndns.server.smoke;

import java.io.IOException;

/**
 * One thing that is asked.
 *
 * @param title what is asked, such as {@code kubernetes.default.svc.cluster.local. A over UDP}
 */
record SmokeCheck(String title, Body body) {
    /** How it is asked. */
    @FunctionalInterface
    interface Body {
        /** Asks; no response is an exception. */
        Verdict run() throws IOException;
    }

    Verdict verdict() {
        try {
            return body.run();
        } catch (IOException | RuntimeException e) {
            // The checks behind it are to be made all the same.
            return new Verdict.Failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
