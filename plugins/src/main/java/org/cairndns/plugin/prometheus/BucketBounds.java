package org.cairndns.plugin.prometheus;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Bucket bounds in a page of metrics.
 *
 * <p>Java's client writes {@code le="100.0"} and {@code le="2.5E-4"}, Go's {@code le="100"} and {@code le="0.00025"};
 * before Prometheus 3 these are different series, so rules that name a bucket would miss it.
 */
final class BucketBounds {
    private static final String START = "le=\"";
    private static final String INFINITE = "+Inf";

    private BucketBounds() {}

    /** The page with every bound as the shortest decimal without an exponent. */
    static String inGoSpelling(String page) {
        Map<String, String> known = new HashMap<>(Map.of(INFINITE, INFINITE));
        StringBuilder out = new StringBuilder(page.length());
        int copied = 0;
        for (int at = page.indexOf(START); at >= 0; at = page.indexOf(START, at + 1)) {
            // Whatever stands before tells the label le from one that ends in these letters.
            boolean label = at > 0 && (page.charAt(at - 1) == ',' || page.charAt(at - 1) == '{');
            if (label) {
                int bound = at + START.length();
                int end = page.indexOf('"', bound);
                out.append(page, copied, bound)
                        .append(known.computeIfAbsent(page.substring(bound, end), BucketBounds::shortest));
                copied = end;
            }
        }
        return out.append(page, copied, page.length()).toString();
    }

    private static String shortest(String bound) {
        return new BigDecimal(bound).stripTrailingZeros().toPlainString();
    }
}
