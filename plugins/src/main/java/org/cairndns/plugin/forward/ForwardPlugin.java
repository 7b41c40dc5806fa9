package org.cairndns.plugin.forward;

import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>forward FROM TO... { ... }</code>; several in a server block are asked in order. */
public final class ForwardPlugin implements Plugin {
    @Override
    public String name() {
        return "forward";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        context.settings().otherClasses(true);
        for (Directive directive : occurrences) {
            Optional<ForwardConfig> config = ForwardConfigReader.read(directive, context, problems);
            config.ifPresent(read -> add(read, directive, context, problems));
        }
    }

    private static void add(ForwardConfig config, Directive directive, BlockContext context, Problems problems) {
        Optional<SslContext> tls = Optional.empty();
        try {
            if (usesTls(config)) {
                tls = Optional.of(UpstreamTls.open(config.transports().tls()));
            }
        } catch (SSLException e) {
            problems.add(directive.position(), "cannot use the files of 'tls': " + e.getMessage());
            return;
        }
        ConnectionOpener opener =
                new ConnectionOpener(config.transports(), tls, context.server().background());
        Forwarder forwarder = new Forwarder(config, context.server(), opener);
        Metadata.Note upstream = context.settings().metadata().note("forward/upstream");
        context.handler(next -> new ForwardHandler(forwarder, upstream, next));
        context.onStop(forwarder::stop);
    }

    private static boolean usesTls(ForwardConfig config) {
        return !config.transports().tls().equals(ForwardConfig.TlsFiles.NONE)
                || config.upstreams().stream().anyMatch(UpstreamAddress::tls);
    }
}
