package org.cairndns.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reader of the head of one request (RFC 9112 2), which takes no more memory than the head has octets. */
final class HttpHeadReader {
    /** Longest head. */
    static final int MAX_OCTETS = 8192;

    /** What probes and scrapes send. */
    private static final int USUAL_OCTETS = 512;

    private static final int BAD_REQUEST = 400;
    private static final int HEAD_TOO_LARGE = 431;
    private static final int VERSION_NOT_SUPPORTED = 505;
    private static final int WORDS = 3;

    private final InputStream in;
    private byte[] octets = new byte[USUAL_OCTETS];
    private int size;
    private boolean started;
    private boolean inLine;

    HttpHeadReader(InputStream in) {
        this.in = in;
    }

    /** Reads up to the empty line, or a bit beyond it. */
    HttpHead read() throws IOException {
        int looked = 0;
        while (!isWhole(looked)) {
            looked = size;
            if (size == MAX_OCTETS) {
                return new HttpHead.Refused(HEAD_TOO_LARGE);
            }
            if (size == octets.length) {
                octets = Arrays.copyOf(octets, 2 * size);
            }
            int count = in.read(octets, size, octets.length - size);
            if (count < 0) {
                return HttpHead.Absent.INSTANCE;
            }
            size += count;
        }
        return parse(new String(octets, 0, size, StandardCharsets.ISO_8859_1).stripLeading());
    }

    /** True if the empty line is among the octets from this one on. */
    private boolean isWhole(int from) {
        for (int at = from; at < size; at++) {
            if (octets[at] == '\n') {
                // RFC 9112 2.2: empty lines in front of a request are ignored.
                if (started && !inLine) {
                    return true;
                }
                inLine = false;
            } else if (octets[at] != '\r') {
                started = true;
                inLine = true;
            }
        }
        return false;
    }

    private static HttpHead parse(String head) {
        String[] words = head.lines().findFirst().orElse("").split(" ", -1);
        if (words.length != WORDS) {
            return new HttpHead.Refused(BAD_REQUEST);
        }
        if (!words[2].startsWith("HTTP/1.")) {
            return new HttpHead.Refused(VERSION_NOT_SUPPORTED);
        }
        try {
            URI uri = new URI(words[1]);
            return uri.getPath() == null ? new HttpHead.Refused(BAD_REQUEST) : new HttpRequest(words[0], uri);
        } catch (URISyntaxException e) {
            return new HttpHead.Refused(BAD_REQUEST);
        }
    }
}
