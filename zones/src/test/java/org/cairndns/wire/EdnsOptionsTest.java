package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EdnsOptionsTest {
    private static final byte[] COOKIE_AND_NSID = {0, 10, 0, 2, 7, 8, 0, 3, 0, 0};

    @Test
    void contains_severalOptions_findsEachByItsCode() {
        assertThat(EdnsOptions.contains(COOKIE_AND_NSID, 10)).isTrue();
        assertThat(EdnsOptions.contains(COOKIE_AND_NSID, EdnsOptions.NSID)).isTrue();
        assertThat(EdnsOptions.contains(COOKIE_AND_NSID, 7)).isFalse();
        assertThat(EdnsOptions.contains(Edns.NO_OPTIONS, 0)).isFalse();
    }

    @Test
    void with_codeThatIsThere_isReplaced() {
        assertThat(EdnsOptions.with(COOKIE_AND_NSID, 10, new byte[] {9})).containsExactly(0, 3, 0, 0, 0, 10, 0, 1, 9);
    }

    @Test
    void extendedError_blocked_isAnOptionOfTwoOctets() {
        assertThat(EdnsOptions.extendedError(EdnsOptions.BLOCKED)).containsExactly(0, 15, 0, 2, 0, 15);
    }
}
