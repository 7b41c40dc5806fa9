package org.cairndns.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Message writer that compresses names at random wherever a reader has to take it, to any earlier place that fits. */
final class CompressedMessage {
    private final SplittableRandom random;
    private final Octets out;

    /** Positions of suffixes written so far, by their octets in lower case. */
    private final Map<String, Integer> positions = new HashMap<>();

    CompressedMessage(SplittableRandom random, Octets header) {
        this.random = random;
        this.out = header;
    }

    CompressedMessage question(byte[] qname, int typeAndClass) {
        name(qname, false);
        out.u32(typeAndClass);
        return this;
    }

    CompressedMessage record(RandomRecords.Draft record) {
        name(record.owner(), true);
        out.u16(record.type()).u16(record.dnsClass()).u32(record.ttlSeconds());
        byte[] rdata = rdata(record.rdata());
        out.u16(rdata.length).raw(rdata);
        return this;
    }

    CompressedMessage raw(byte[] octets) {
        out.raw(octets);
        return this;
    }

    byte[] toArray() {
        return out.toArray();
    }

    /** The fields as they stand behind RDLENGTH, which comes first and whose value is not yet known. */
    private byte[] rdata(List<Object> fields) {
        Octets rdata = new Octets();
        int start = out.position() + 2;
        for (Object field : fields) {
            if (field instanceof RandomRecords.NameField name) {
                write(rdata, start, name.wire(), true);
            } else {
                rdata.raw((byte[]) field);
            }
        }
        return rdata.toArray();
    }

    private void name(byte[] wire, boolean mayPoint) {
        write(out, 0, wire, mayPoint);
    }

    private void write(Octets target, int base, byte[] wire, boolean mayPoint) {
        boolean compress = mayPoint && random.nextInt(8) != 0;
        int at = 0;
        while (wire[at] != 0) {
            String suffix = key(wire, at);
            Integer known = positions.get(suffix);
            if (known != null && compress) {
                target.pointer(known);
                return;
            }
            int position = base + target.position();
            if (position <= 0x3fff && (known == null || random.nextBoolean())) {
                positions.put(suffix, position);
            }
            target.raw(Arrays.copyOfRange(wire, at, at + wire[at] + 1));
            at += wire[at] + 1;
        }
        target.u8(0);
    }

    private static String key(byte[] wire, int from) {
        String octets = new String(wire, from, wire.length - from, StandardCharsets.ISO_8859_1);
        StringBuilder lower = new StringBuilder(octets.length());
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? String.valueOf(c).toLowerCase(Locale.ROOT) : c);
        }
        return lower.toString();
    }
}
