package org.cairndns.plugin.template;

import java.util.Locale;
import java.util.OptionalInt;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/**
 * A record read from a zone-file line (RFC 1035 5.1) whose origin is the root.
 *
 * @param ttlSeconds 0..2^31-1
 * @param rdata wire form, names uncompressed
 */
record RecordLine(DomainName owner, int ttlSeconds, int dnsClass, int type, byte[] rdata) {
    private static final int STANDARD_TTL_SECONDS = 3600;
    private static final String UNITS = "smhdw";
    private static final int[] UNIT_SECONDS = {1, 60, 3600, 86_400, 604_800};

    /** The words in front of the RDATA: owner, TTL and class in any order, type. */
    private static final class Words {
        private final String text;
        private int at;

        private Words(String text) {
            this.text = text;
        }

        private String next() {
            int start = skip(at, true);
            at = skip(start, false);
            return text.substring(start, at);
        }

        private int skip(int from, boolean space) {
            int end = from;
            while (end < text.length() && " \t\r\n".indexOf(text.charAt(end)) >= 0 == space) {
                end++;
            }
            return end;
        }
    }

    /**
     * The record of a line; TTL and class may be left out.
     *
     * @throws IllegalArgumentException if it is none; says why
     */
    static RecordLine parse(String line) {
        Words words = new Words(line.strip());
        String owner = words.next();
        int ttlSeconds = STANDARD_TTL_SECONDS;
        int dnsClass = DnsClass.IN;
        boolean hasTtl = false;
        boolean hasClass = false;
        while (true) {
            String word = words.next().toUpperCase(Locale.ROOT);
            OptionalInt givenClass = DnsClass.parse(word);
            if (!word.isEmpty() && Character.isDigit(word.charAt(0)) && !hasTtl) {
                ttlSeconds = ttl(word.toLowerCase(Locale.ROOT));
                hasTtl = true;
            } else if (givenClass.isPresent() && !hasClass && !word.equals("ANY")) {
                dnsClass = givenClass.getAsInt();
                hasClass = true;
            } else {
                int type = type(word);
                byte[] rdata = Rdata.fromText(type, line.strip().substring(words.at));
                return new RecordLine(owner(owner), ttlSeconds, dnsClass, type, rdata);
            }
        }
    }

    private static DomainName owner(String text) {
        return text.equals("@") ? DomainName.ROOT : DomainName.of(text);
    }

    private static int type(String word) {
        OptionalInt type = RecordType.parse(word);
        if (type.isPresent() && type.getAsInt() != RecordType.ANY && type.getAsInt() != RecordType.OPT) {
            return type.getAsInt();
        }
        if (word.matches("TYPE[0-9]{1,5}") && Integer.parseInt(word, 4, word.length(), 10) <= 0xffff) {
            return Integer.parseInt(word, 4, word.length(), 10);
        }
        throw new IllegalArgumentException("expected TTL, class or type, got \"" + word + "\"");
    }

    /** Seconds, or numbers with units such as {@code 1h30m}. */
    private static int ttl(String word) {
        long seconds = 0;
        long number = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int unit = UNITS.indexOf(c);
            if (unit >= 0) {
                seconds += number * UNIT_SECONDS[unit];
                number = 0;
            } else if (c >= '0' && c <= '9') {
                number = number * 10 + c - '0';
            } else {
                throw new IllegalArgumentException("expected a TTL, got \"" + word + "\"");
            }
            if (seconds + number > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("expected a TTL of at most 2147483647, got \"" + word + "\"");
            }
        }
        return (int) (seconds + number);
    }

    void addTo(ResponseBuilder builder, Section section) {
        builder.octets(section, owner, type, dnsClass, ttlSeconds, rdata);
    }

    /** True if the record is an alias. */
    boolean isAlias() {
        return type == RecordType.CNAME;
    }
}
