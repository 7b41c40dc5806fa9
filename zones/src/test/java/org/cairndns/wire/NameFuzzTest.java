package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** {@link DomainName} and its text against dnsjava's names. */
class NameFuzzTest {
    private static final String[] PIECES = {
        "a",
        "B",
        "www",
        ".",
        ".",
        ".",
        "\\.",
        "\\\\",
        "\\",
        "\\0",
        "\\065",
        "\\255",
        "\\256",
        "\\999",
        "\\12x",
        " ",
        "\"",
        "@",
        "$",
        ";",
        "(",
        "*",
        "_",
        "\t",
        "\u00e9",
        "\u0000",
        "1",
        "63",
        "0123456789abcdef0123456789abcdef"
    };

    @Test
    void text_ofAnyOctets_isDnsjavasToReadAndTheOtherWayRound() {
        RandomCases.check("names", 20_000, random -> {
            byte[] wire = RandomNames.wire(random);
            DomainName ours = DomainName.ofOwned(wire.clone());
            Name theirs = RandomNames.name(wire);

            assertThat(Name.fromString(ours.toString()).toWire()).isEqualTo(wire);
            assertThat(DomainName.of(ours.toString()).toOctets()).isEqualTo(wire);
            assertThat(DomainName.of(theirs.toString()).toOctets()).isEqualTo(wire);
            assertThat(ours.labelCount()).isEqualTo(theirs.labels() - 1);
        });
    }

    @Test
    void of_anyText_isTakenByBothOrByNeither() {
        int[] taken = new int[2];
        RandomCases.check("name texts", 30_000, random -> {
            String text = text(random);
            if (text.equals("@")) {
                // The origin for dnsjava, as in a zone file; here a label as any other.
                return;
            }
            Optional<byte[]> ours = ours(text);
            Optional<byte[]> theirs = theirs(text);

            taken[ours.isPresent() ? 1 : 0]++;
            assertThat(ours.map(Arrays::toString)).as("\"%s\"", text).isEqualTo(theirs.map(Arrays::toString));
        });
        assertThat(taken[0]).isGreaterThan(1000);
        assertThat(taken[1]).isGreaterThan(1000);
    }

    @Test
    void comparisons_ofTwoNames_areDnsjavas() {
        int[] below = new int[2];
        RandomCases.check("name pairs", 20_000, random -> {
            byte[] first = RandomNames.wire(random);
            byte[] second = other(first, random);
            DomainName a = DomainName.ofOwned(first);
            DomainName b = DomainName.ofOwned(second);
            Name theirA = RandomNames.name(first);
            Name theirB = RandomNames.name(second);

            assertThat(a.equals(b)).isEqualTo(theirA.equals(theirB));
            assertThat(a.compareTo(b) == 0).isEqualTo(theirA.equals(theirB));
            assertThat(!a.equals(b) || a.hashCode() == b.hashCode()).isTrue();
            assertThat(a.isAtOrBelow(b)).isEqualTo(theirA.subdomain(theirB));
            assertThat(b.isAtOrBelow(a)).isEqualTo(theirB.subdomain(theirA));
            assertThat(a.toLowerCase().toOctets())
                    .isEqualTo(theirA.canonicalize().toWire());
            below[a.isAtOrBelow(b) ? 1 : 0]++;
        });
        assertThat(below[0]).isGreaterThan(1000);
        assertThat(below[1]).isGreaterThan(1000);
    }

    /** The same in another letter case, a name above, one that only ends in the same octets, or any other. */
    private static byte[] other(byte[] wire, SplittableRandom random) {
        int cut = random.nextInt(wire.length);
        return switch (random.nextInt(4)) {
            case 0 -> RandomNames.otherCase(wire, random);
            case 1 -> RandomNames.otherCase(DomainName.ofOwned(wire).parent().toOctets(), random);
            case 2 -> {
                byte[] end = Arrays.copyOfRange(wire, cut, wire.length);
                yield isName(end) ? end : wire;
            }
            default -> RandomNames.wire(random);
        };
    }

    private static boolean isName(byte[] octets) {
        int at = 0;
        while (at < octets.length && octets[at] > 0 && octets[at] <= DomainName.MAX_LABEL_OCTETS) {
            at += octets[at] + 1;
        }
        return at == octets.length - 1 && octets[at] == 0;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(random.nextInt(8) == 0 ? 60 : 9);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Optional<byte[]> ours(String text) {
        try {
            return Optional.of(DomainName.of(text).toOctets());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("domain name \"" + text + "\" ");
            return Optional.empty();
        }
    }

    private static Optional<byte[]> theirs(String text) {
        try {
            return Optional.of(Name.fromString(text, Name.root).toWire());
        } catch (TextParseException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
