package org.cairndns.corefile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in octets as people write them: {@code 16777216}, {@code 16MB}, {@code 16Mi}; each unit is 1024 of the one before. */
final class OctetText {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(?:([KMG])I?B?|B)?");
    private static final int UNIT_SHIFT = 10;

    private OctetText() {}

    /** The octets, or nothing for a text that is no size or one of over 63 bits. */
    static Optional<Long> parse(String text) {
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(size.group(1));
        String unit = size.group(2);
        long factor = unit == null ? 1 : 1L << UNIT_SHIFT * ("KMG".indexOf(unit) + 1);
        return number > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(number * factor);
    }
}
