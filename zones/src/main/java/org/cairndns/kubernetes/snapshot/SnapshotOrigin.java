package org.cairndns.kubernetes.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Whose objects a snapshot has, as two digests: there is no use for those of another cluster, nor for some that were chosen in
 * another way.
 *
 * @param cluster digest of what tells the cluster from others, {@link #DIGEST_OCTETS} octets
 * @param selection digest of which objects, and what of them, were read, as many octets
 */
public record SnapshotOrigin(byte[] cluster, byte[] selection) {
    static final int DIGEST_OCTETS = 16;

    /** The origin that these texts stand for. */
    public static SnapshotOrigin of(String cluster, String selection) {
        return new SnapshotOrigin(digest(cluster), digest(selection));
    }

    /** Fails where something was written by another origin. */
    void require(SnapshotOrigin written) throws SnapshotException {
        if (!Arrays.equals(cluster, written.cluster)) {
            throw new SnapshotException("it is of another cluster");
        }
        if (!Arrays.equals(selection, written.selection)) {
            throw new SnapshotException("it was written under other options of 'kubernetes'");
        }
    }

    private static byte[] digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, DIGEST_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
