package org.cairndns.plugin.rewrite;

import org.cairndns.corefile.CorefileException;

/** Reader of the bounds of a {@code ttl} rule: {@code SECONDS}, {@code MIN-MAX}, {@code -MAX}, {@code MIN-}. */
final class TtlBounds {
    private static final String EXPECTED = "SECONDS, MIN-MAX, -MAX or MIN- with seconds from 0 to 2147483647";
    private static final int MAX_DIGITS = 10;

    private TtlBounds() {}

    static ResponseRule.Ttls read(RuleWords words) throws CorefileException {
        String text = words.next(EXPECTED);
        int dash = text.indexOf('-');
        if (dash < 0) {
            int seconds = seconds(text, words);
            return new ResponseRule.Ttls(seconds, seconds);
        }
        String low = text.substring(0, dash);
        String high = text.substring(dash + 1);
        if (low.isEmpty() && high.isEmpty()) {
            throw words.bad(EXPECTED);
        }
        int min = low.isEmpty() ? 0 : seconds(low, words);
        int max = high.isEmpty() ? Integer.MAX_VALUE : seconds(high, words);
        if (min > max) {
            throw words.bad(EXPECTED + ", MIN not above MAX");
        }
        return new ResponseRule.Ttls(min, max);
    }

    private static int seconds(String text, RuleWords words) throws CorefileException {
        boolean digits =
                !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw words.bad(EXPECTED);
        }
        return Integer.parseInt(text);
    }
}
