package org.cairndns.plugin.forward;

import java.security.SecureRandom;

/**
 * Message ids that nobody outside can foresee (RFC 5452 9.2), drawn in blocks.
 *
 * <p>For one event loop.
 */
final class QueryIds {
    private static final int BLOCK_OCTETS = 1024;

    private final SecureRandom random;
    private final byte[] block = new byte[BLOCK_OCTETS];
    private int used = BLOCK_OCTETS;

    QueryIds(SecureRandom random) {
        this.random = random;
    }

    /** The next id, 0..65535. */
    int next() {
        if (used == BLOCK_OCTETS) {
            random.nextBytes(block);
            used = 0;
        }
        return (block[used++] & 0xff) << 8 | block[used++] & 0xff;
    }
}
