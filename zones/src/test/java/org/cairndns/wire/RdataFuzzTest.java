package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link Rdata} with RDATA of every type, proper and not. */
class RdataFuzzTest {
    private static final int[] TYPES = {
        1, 2, 5, 6, 12, 13, 15, 16, 17, 24, 25, 28, 29, 33, 35, 37, 39, 42, 43, 44, 45, 46, 47, 48, 50, 51, 52, 55, 62,
        64, 65, 99, 108, 249, 250, 256, 257, 65280
    };

    @Test
    void toText_properRdata_isWhatFromTextReads() {
        RandomCases.check("RDATA texts", 5_000, random -> {
            RandomRecords.Draft draft = new RandomRecords(random, RandomNames.wire(random)).next();
            byte[] rdata = draft.octets();

            String text = Rdata.toText(draft.type(), rdata);

            assertThat(Rdata.fromText(draft.type(), text)).as(text).isEqualTo(rdata);
            assertThat(text).doesNotContain("\n");
        });
    }

    @Test
    void toText_anyOctets_areShownInWhatFromTextReads() {
        RandomCases.check("RDATA octets", 5_000, random -> {
            int type = TYPES[random.nextInt(TYPES.length)];
            byte[] rdata = octets(random);

            String text = Rdata.toText(type, rdata);

            assertThat(text).doesNotContain("\n");
            if (text.startsWith("\\#")) {
                assertThat(text).startsWith("\\# " + rdata.length);
            } else {
                assertThat(Rdata.fromText(type, text)).as(text).isEqualTo(rdata);
            }
        });
    }

    private static byte[] octets(SplittableRandom random) {
        byte[] octets = new byte[random.nextInt(40)];
        random.nextBytes(octets);
        if (octets.length > 0 && random.nextBoolean()) {
            octets[0] = (byte) random.nextInt(octets.length + 2);
        }
        return octets;
    }
}
