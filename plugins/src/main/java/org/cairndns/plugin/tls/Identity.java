package org.cairndns.plugin.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.RepeatedLooks;
import org.cairndns.plugin.spi.ServerTls;
import org.cairndns.plugin.spi.Trouble;
import org.cairndns.zone.FileStamp;

/**
 * Certificate of one {@code tls} directive, read again when its files change.
 *
 * <p>Files that cannot be used leave what is in use, and are tried again: certificate and key may be written one after
 * the other. The files are read by the starting thread first, then on the background pool.
 */
final class Identity implements ServerTls {
    private static final PluginLog LOG = PluginLog.of("tls");
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

    private final TlsConfig config;
    private final CertificateEnds ends;
    private volatile TlsFiles.Loaded loaded;

    /** Those of the files as they were when they were read; others too when a symbolic link on the way was moved. */
    private List<FileStamp> stamps;

    private final Trouble trouble = new Trouble();
    private final RepeatedLooks looks = new RepeatedLooks();

    /** @throws IOException saying which file cannot be used, and why */
    Identity(TlsConfig config, CertificateEnds ends) throws IOException {
        this.config = config;
        this.ends = ends;
        this.stamps = stamps();
        this.loaded = TlsFiles.load(config);
    }

    @Override
    public SSLContext context() {
        return loaded.context();
    }

    @Override
    public ClientCertificate clientCertificate() {
        return config.clientAuth().wanted();
    }

    @Override
    public boolean isSameAs(ServerTls other) {
        return other instanceof Identity identity && identity.config.equals(config);
    }

    /** The file of the certificate. */
    Path file() {
        return config.certificate();
    }

    /** Until when clients take the certificate. */
    Instant end() {
        return loaded.end();
    }

    /** Follows the files from now on. */
    synchronized void start(ScheduledExecutorService background) {
        ends.add(this);
        looks.every(LOOK_INTERVAL, this::look, background);
    }

    synchronized void stop() {
        looks.stop();
        ends.remove(this);
    }

    private synchronized void look() {
        try {
            List<FileStamp> now = stamps();
            if (now.equals(stamps)) {
                return;
            }
            loaded = TlsFiles.load(config);
            stamps = now;
            trouble.end();
            LOG.info("new certificate from " + config.certificate());
        } catch (IOException | RuntimeException e) {
            warn("certificate stays as it is: " + e.getMessage());
        }
    }

    private List<FileStamp> stamps() throws IOException {
        List<FileStamp> found = new ArrayList<>();
        for (Path file : config.files()) {
            if (!Files.exists(file)) {
                throw PemFile.missing(file);
            }
            found.add(FileStamp.of(file));
        }
        return found;
    }

    /** A trouble that stays is logged once. */
    private void warn(String message) {
        if (trouble.isNews(message)) {
            LOG.warn(message);
        }
    }
}
