package org.cairndns.corefile;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed access to the arguments of one directive or property.
 *
 * <p>A bad value adds a problem (position, option, accepted values, what was found) to the shared {@link Problems} and
 * yields the standard value or nothing, so a factory reads every option and then calls {@link Problems#throwIfAny}.
 *
 * <p>Methods without an index read the one argument an option has, and report any other number of arguments.
 */
public final class OptionReader {
    private static final long MAX_UNSIGNED_32 = 0xffff_ffffL;

    private final Directive option;
    private final Problems problems;

    public OptionReader(Directive option, Problems problems) {
        this.option = option;
        this.problems = problems;
    }

    /** Reader of a directive that is allowed once per server block; a second occurrence is a problem. */
    public static OptionReader once(List<Directive> occurrences, Problems problems) {
        Directive first = occurrences.getFirst();
        if (occurrences.size() > 1) {
            problems.add(
                    occurrences.get(1).position(),
                    "'" + first.name() + "' given twice, expected once per server block");
        }
        return new OptionReader(first, problems);
    }

    public Directive directive() {
        return option;
    }

    public Problems problems() {
        return problems;
    }

    /** The directive's or property's name. */
    public String name() {
        return option.name().text();
    }

    /** The position of the name. */
    public Position position() {
        return option.position();
    }

    public List<Token> args() {
        return option.args();
    }

    /** Adds a problem that this option has, at its name. */
    public void fail(String message) {
        problems.add(option.position(), message);
    }

    /** Whether there are {@code count} arguments; a problem if not. */
    public boolean hasArgs(int count) {
        return hasArgs(count, count);
    }

    /** Whether there are {@code min} to {@code max} arguments; a problem at the first one too many, or at the name. */
    public boolean hasArgs(int min, int max) {
        int count = args().size();
        if (count >= min && count <= max) {
            return true;
        }
        Position position = count > max ? args().get(max).position() : option.position();
        problems.add(
                position,
                "wrong number of arguments for '" + name() + "', expected " + expectedCount(min, max) + ", got "
                        + count);
        return false;
    }

    private static String expectedCount(int min, int max) {
        if (min == max) {
            return min == 0 ? "none" : String.valueOf(min);
        }
        return max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
    }

    /** Reports a block where the directive takes none. */
    public void noBlock() {
        if (option.hasBlock()) {
            fail("unexpected block, expected '" + name() + "' on a line of its own, got '{'");
        }
    }

    /**
     * The block's properties in file order; one that is not {@code known} is reported and left out, in the words of
     * {@link History} if CoreDNS had it.
     */
    public List<OptionReader> properties(Collection<String> known) {
        List<OptionReader> readers = new ArrayList<>();
        for (Directive property : option.properties()) {
            String word = property.name().text();
            Optional<Change> change = History.of(name(), word);
            if (known.contains(word)) {
                readers.add(new OptionReader(property, problems));
            } else if (change.isPresent()) {
                problems.report(property.position(), change.get());
            } else {
                String expected = known.isEmpty() ? "none" : "one of " + String.join(", ", known);
                problems.add(
                        property.position(),
                        "unknown property '" + word + "' of '" + name() + "', expected " + expected
                                + Suggestions.hint(word, known));
            }
        }
        return readers;
    }

    public Duration duration(DurationBounds bounds) {
        return hasArgs(1) ? duration(0, bounds) : bounds.standard();
    }

    /** A duration in Go's spelling: {@code 300ms}, {@code 1h30m}, {@code 0}; a unit is required. */
    public Duration duration(int index, DurationBounds bounds) {
        return read(index, expected(bounds), GoNumbers::duration)
                .filter(value -> inRange(value, index, bounds))
                .orElse(bounds.standard());
    }

    private boolean inRange(Duration value, int index, DurationBounds bounds) {
        boolean inRange = value.compareTo(bounds.min()) >= 0 && value.compareTo(bounds.max()) <= 0;
        return inRange(inRange, index, expected(bounds));
    }

    /** As {@link #duration(DurationBounds)}, and digits without a unit are seconds. */
    public Duration durationOrSeconds(DurationBounds bounds) {
        if (!hasArgs(1)) {
            return bounds.standard();
        }
        return read(0, expected(bounds), GoNumbers::secondsOrDuration)
                .filter(value -> inRange(value, 0, bounds))
                .orElse(bounds.standard());
    }

    public int integer(IntegerBounds bounds) {
        return hasArgs(1) ? integer(0, bounds) : bounds.standard();
    }

    /** Decimal digits with an optional sign. */
    public int integer(int index, IntegerBounds bounds) {
        String expected = "an integer from " + bounds.min() + " to " + bounds.max();
        return read(index, expected, GoNumbers::integer)
                .filter(value -> inRange(value >= bounds.min() && value <= bounds.max(), index, expected))
                .map(Long::intValue)
                .orElse(bounds.standard());
    }

    /** A decimal number of at least {@code min}, such as {@code 2.5}; the only argument. */
    public double decimal(double min, double standard) {
        String expected = "a number of at least " + GoNumbers.text(min);
        return hasArgs(1)
                ? read(0, expected, GoNumbers::decimal)
                        .filter(value -> inRange(value >= min, 0, expected))
                        .orElse(standard)
                : standard;
    }

    public long unsigned32(long standard) {
        return hasArgs(1) ? unsigned32(0, standard) : standard;
    }

    /** Decimal digits without a sign, 0 to 4294967295. */
    public long unsigned32(int index, long standard) {
        String expected = "an unsigned integer from 0 to " + MAX_UNSIGNED_32;
        return read(index, expected, GoNumbers::unsigned)
                .filter(value -> inRange(value <= MAX_UNSIGNED_32, index, expected))
                .orElse(standard);
    }

    /** A size in octets of at least {@code min}, such as {@code 16MB}; the only argument. */
    public long octets(long min, long standard) {
        String expected = "a size of at least " + min + " octets, such as 16MB or 16777216";
        return hasArgs(1)
                ? read(0, expected, OctetText::parse)
                        .filter(value -> inRange(value >= min, 0, expected))
                        .orElse(standard)
                : standard;
    }

    public int percentage(IntegerBounds bounds) {
        return hasArgs(1) ? percentage(0, bounds) : bounds.standard();
    }

    /** An integer followed by {@code %}. */
    public int percentage(int index, IntegerBounds bounds) {
        String expected = "a percentage from " + bounds.min() + "% to " + bounds.max() + "%";
        return read(index, expected, GoNumbers::percent)
                .filter(value -> inRange(value >= bounds.min() && value <= bounds.max(), index, expected))
                .map(Long::intValue)
                .orElse(bounds.standard());
    }

    public String word(List<String> words) {
        return hasArgs(1) ? word(0, words) : words.get(0);
    }

    /** One of the words as they stand; the first of them after a problem. */
    public String word(int index, List<String> words) {
        Optional<Token> token = token(index, "one of " + String.join(", ", words));
        if (token.isPresent() && !words.contains(token.get().text())) {
            bad(
                    token.get(),
                    "one of " + String.join(", ", words),
                    Suggestions.hint(token.get().text(), words));
        }
        return token.map(Token::text).filter(words::contains).orElse(words.get(0));
    }

    /** An IPv4 address of four decimal octets, or an IPv6 address without brackets or zone. */
    public Optional<InetAddress> ip(int index) {
        return read(index, "an IP address", IpLiterals::parse);
    }

    /** An IP address, a slash and a prefix length; host bits are cleared. */
    public Optional<Cidr> cidr(int index) {
        return read(index, "a network such as 10.0.0.0/8 or 2001:db8::/32", Cidr::parse);
    }

    /** An IP address, perhaps with a zone and a port; IPv6 with a port takes brackets. */
    public Optional<HostPort> ipAndPort(int index, int defaultPort) {
        return read(
                index,
                "an IP address with an optional port",
                text -> HostPort.parse(text, defaultPort)
                        .filter(hostPort -> hostPort.address().isPresent()));
    }

    /** What a server listens on: {@code :port}, {@code host:port} or {@code [ipv6]:port}; the port is required. */
    public HostPort listenAddress(int index, HostPort standard) {
        return read(index, "an address with a port, such as :8080 or [::1]:8080", OptionReader::hostWithPort)
                .orElse(standard);
    }

    private static Optional<HostPort> hostWithPort(String text) {
        // Two defaults tell a missing port from a given one.
        Optional<HostPort> hostPort = HostPort.parse(text, 0);
        return hostPort.equals(HostPort.parse(text, 1)) ? hostPort : Optional.empty();
    }

    /** The zones of {@code fallthrough [ZONES...]}: {@code .} without arguments. */
    public List<String> fallthroughZones() {
        return args().isEmpty() ? List.of(".") : ZoneNames.parseZones(args(), problems);
    }

    private Optional<Token> token(int index, String expected) {
        if (index >= args().size()) {
            fail("missing value for '" + name() + "', expected " + expected + ", got end of line");
            return Optional.empty();
        }
        return Optional.of(args().get(index));
    }

    private <T> Optional<T> read(int index, String expected, Function<String, Optional<T>> parser) {
        return token(index, expected).flatMap(token -> {
            Optional<T> value = parser.apply(token.text());
            if (value.isEmpty()) {
                bad(token, expected, "");
            }
            return value;
        });
    }

    private boolean inRange(boolean inRange, int index, String expected) {
        if (!inRange) {
            bad(args().get(index), expected, "");
        }
        return inRange;
    }

    private void bad(Token value, String expected, String hint) {
        problems.add(
                value.position(),
                "bad value for '" + name() + "', expected " + expected + ", got '" + value.text() + "'" + hint);
    }

    private static String expected(DurationBounds bounds) {
        return bounds.max().equals(DurationBounds.UNBOUNDED)
                ? "a duration of at least " + GoNumbers.text(bounds.min())
                : "a duration from " + GoNumbers.text(bounds.min()) + " to " + GoNumbers.text(bounds.max());
    }
}
