package org.cairndns.plugin.health.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;

/**
 * A file that comes with the server, read when it is asked for.
 *
 * @param file name beside this class
 */
record Asset(String file, String contentType) implements Responder {
    private static final int OK = 200;

    @Override
    public Page get() {
        try (InputStream in = Asset.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " beside " + Asset.class.getName());
            }
            return new Page(OK, contentType, in.readAllBytes(), SafeHeaders.LASTING);
        } catch (IOException e) {
            throw new UncheckedIOException("read " + file, e);
        }
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }
}
