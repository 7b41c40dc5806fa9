package org.cairndns.kubernetes.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The octets of HTTP/1.1 messages, as much of them as a relay has to know. */
final class HttpOctets {
    private static final int MAX_HEAD_OCTETS = 64 << 10;

    private HttpOctets() {}

    /** The head up to its empty line, which is left out; null at the end of the connection. */
    static @Nullable String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (true) {
            String line = readLine(in);
            if (line == null) {
                return null;
            }
            if (line.isEmpty()) {
                return head.toString();
            }
            head.append(line).append("\r\n");
            if (head.length() > MAX_HEAD_OCTETS) {
                throw new IOException("endless head");
            }
        }
    }

    /** The value of a header, empty if there is none. */
    static String header(String head, String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** The head without some headers. */
    static String without(String head, String... names) {
        StringBuilder rest = new StringBuilder();
        for (String line : head.lines().toList()) {
            boolean drop = false;
            for (String name : names) {
                drop |= line.toLowerCase(Locale.ROOT).startsWith(name + ":");
            }
            if (!drop) {
                rest.append(line).append("\r\n");
            }
        }
        return rest.toString();
    }

    /** The body behind a head, which ends with it or in an {@link EOFException}. */
    static InputStream body(String head, InputStream in) {
        if (header(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
            return new Chunks(in);
        }
        String length = header(head, "content-length");
        return length.isEmpty() ? in : new Counted(in, Long.parseLong(length));
    }

    static void writeChunk(OutputStream out, byte[] octets, int length) throws IOException {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(octets, 0, length);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    static void writeLastChunk(OutputStream out) throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            if (octet != '\r') {
                line.append((char) octet);
            }
            octet = in.read();
        }
        return octet < 0 ? null : line.toString();
    }

    private static final class Counted extends InputStream {
        private final InputStream in;
        private long left;

        Counted(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("octet by octet");
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(octets, offset, (int) Math.min(left, length));
            if (read < 0) {
                throw new EOFException("body cut off");
            }
            left -= read;
            return read;
        }
    }

    private static final class Chunks extends InputStream {
        private final InputStream in;
        private @Nullable Counted chunk;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("octet by octet");
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int read = chunk == null ? -1 : chunk.read(octets, offset, length);
            if (read >= 0) {
                return read;
            }
            if (chunk != null) {
                readLine(in);
            }
            String size = readLine(in);
            if (size == null) {
                throw new EOFException("body cut off");
            }
            long left = Long.parseLong(size.strip(), 16);
            if (left == 0) {
                readLine(in);
                return -1;
            }
            chunk = new Counted(in, left);
            return chunk.read(octets, offset, length);
        }
    }
}
