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

    @Test
    void deciding_cookieAndNsid_isNothing() {
        assertThat(EdnsOptions.deciding(COOKIE_AND_NSID)).isSameAs(Edns.NO_OPTIONS);
        assertThat(EdnsOptions.deciding(Edns.NO_OPTIONS)).isSameAs(Edns.NO_OPTIONS);
    }

    @Test
    void deciding_subnetAndUnknown_areThose() {
        byte[] subnet = {0, 8, 0, 7, 0, 1, 24, 0, 10, 1, 2};
        byte[] device = {(byte) 0xff, (byte) 0xee, 0, 1, 5};
        byte[] all = EdnsOptions.joined(EdnsOptions.joined(subnet, COOKIE_AND_NSID), device);

        assertThat(EdnsOptions.deciding(all)).isEqualTo(EdnsOptions.joined(subnet, device));
        assertThat(EdnsOptions.only(all, 10)).containsExactly(0, 10, 0, 2, 7, 8);
    }
}
