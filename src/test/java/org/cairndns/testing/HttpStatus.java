package org.cairndns.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Status of a page. */
public final class HttpStatus {
    private static final int TIMEOUT_MILLIS = 5_000;

    private HttpStatus() {}

    /** The status code, 0 if nobody listens there. */
    public static int of(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode();
        } catch (java.net.ConnectException e) {
            return 0;
        } finally {
            connection.disconnect();
        }
    }
}
