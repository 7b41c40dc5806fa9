package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Any octets as the text of a name and as a name in wire form: taken by dnsjava and us alike, and equal there and back. */
public final class NameTarget {
    private NameTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) {
        text(new String(octets, StandardCharsets.ISO_8859_1));
        wire(octets);
    }

    private static void text(String text) {
        // The origin for dnsjava, as in a zone file; here a label as any other.
        if (text.equals("@")) {
            return;
        }
        Optional<byte[]> ours = Optional.empty();
        try {
            ours = Optional.of(DomainName.of(text).toOctets());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("domain name \"" + text + "\" ");
        }
        Optional<byte[]> theirs = Optional.empty();
        try {
            theirs = Optional.of(Name.fromString(text, Name.root).toWire());
        } catch (TextParseException | RuntimeException e) {
            assertThat(e).isNotNull();
        }
        assertThat(ours.map(Arrays::toString)).as("\"%s\"", text).isEqualTo(theirs.map(Arrays::toString));
    }

    private static void wire(byte[] octets) {
        DomainName ours;
        try {
            ours = DomainName.read(octets, 0);
        } catch (IllegalArgumentException e) {
            return;
        }
        try {
            Name theirs = new Name(ours.toOctets());
            assertThat(theirs.toWire()).isEqualTo(ours.toOctets());
            assertThat(ours.toLowerCase().toOctets())
                    .isEqualTo(theirs.canonicalize().toWire());
        } catch (IOException e) {
            throw new AssertionError("dnsjava does not take " + ours, e);
        }
        assertThat(DomainName.of(ours.toString()).toOctets()).isEqualTo(ours.toOctets());
        assertThat(ours.isAtOrBelow(ours.parent())).isTrue();
    }
}
