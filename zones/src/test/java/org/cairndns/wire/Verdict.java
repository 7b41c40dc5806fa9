package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** Who takes a damaged message. */
enum Verdict {
    BOTH,
    NEITHER,
    OURS_ONLY,
    DNSJAVA_ONLY;

    /** Damage that spares no message, or harms none, would show nothing. */
    static void assertAllOccur(Map<Verdict, Integer> counts) {
        assertThat(counts).hasSize(values().length);
        assertThat(counts.values()).allMatch(count -> count > 20);
    }
}
