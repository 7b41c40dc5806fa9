package org.cairndns.clients;

import java.nio.file.Path;
import java.util.List;

/** A static program in C against musl: Home Assistant, Grafana, Homepage, and all images on Alpine. */
class MuslClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return List.of(GlibcClientTest.compiled("musl-gcc", work, "-static").toString());
    }

    /** Without TCP, which musl has since 1.2.4, what fits into 512 octets; since then as many as its table has room for. */
    @Override
    List<Integer> addressesTaken() {
        return List.of(29, 48);
    }

    /** An error to either of the pair fails the look-up, and that only after musl's whole patience of 5 seconds. */
    @Override
    String verdictOnHalf() {
        return "failed";
    }

    @Override
    int maxMillisOnHalf() {
        return 7_500;
    }
}
