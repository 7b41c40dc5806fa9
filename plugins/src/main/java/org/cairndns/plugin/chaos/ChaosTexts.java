package org.cairndns.plugin.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.cairndns.wire.CharacterString;

/** What the directive tells, as RDATA of TXT records. */
record ChaosTexts(List<byte[]> version, List<byte[]> hostName, List<byte[]> authors) {
    ChaosTexts(String version, String hostName, List<String> authors) {
        this(
                List.of(rdata(version)),
                List.of(rdata(hostName)),
                authors.stream().map(ChaosTexts::rdata).toList());
    }

    /** One character-string; what does not fit is cut off, as CoreDNS does. */
    private static byte[] rdata(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return CharacterString.of(Arrays.copyOf(octets, Math.min(octets.length, CharacterString.MAX_OCTETS)));
    }
}
