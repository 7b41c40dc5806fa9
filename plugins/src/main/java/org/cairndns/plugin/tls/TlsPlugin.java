package org.cairndns.plugin.tls;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code tls CERT KEY [CA]}, which names the certificate of {@code tls://} and {@code https://} keys. */
public final class TlsPlugin implements Plugin {
    private static final List<String> PROPERTIES = List.of("client_auth");

    /** Options of CoreDNS's other form, which gets certificates itself. */
    private static final List<String> ACME_PROPERTIES =
            List.of("acme", "email", "ca", "storage", "ca_root", "resolver");

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        if (option.args().isEmpty() || isAcme(option.directive())) {
            History.of(name(), History.ACME).ifPresent(change -> problems.report(option.position(), change));
            return;
        }
        ClientAuth clientAuth = ClientAuth.NOCERT;
        for (OptionReader property : option.properties(PROPERTIES)) {
            clientAuth = ClientAuth.values()[ClientAuth.words().indexOf(property.word(ClientAuth.words()))];
        }
        if (!option.hasArgs(2, 3)) {
            return;
        }
        List<Path> files = option.args().stream()
                .map(token -> context.directory().resolve(token.text()))
                .toList();
        Optional<Path> authority = files.stream().skip(2).findFirst();
        hint(option, authority, clientAuth, context);
        open(option, new TlsConfig(files.get(0), files.get(1), authority, clientAuth), context);
    }

    private static boolean isAcme(Directive directive) {
        return directive.properties().stream()
                .anyMatch(property -> ACME_PROPERTIES.contains(property.name().text()));
    }

    private static void hint(
            OptionReader option, Optional<Path> authority, ClientAuth clientAuth, BlockContext context) {
        if (authority.isPresent() && !clientAuth.isVerified()) {
            option.problems()
                    .warn(
                            option.position(),
                            "the CA of 'tls' is not used, expected 'client_auth verify_if_given' or"
                                    + " 'client_auth require_and_verify' with it");
        }
        if (context.block().zoneKeys().stream().allMatch(key -> key.scheme() == Scheme.DNS)) {
            option.problems()
                    .warn(option.position(), "'tls' has no effect on dns:// keys, expected a tls:// or https:// key");
        }
    }

    private static void open(OptionReader option, TlsConfig config, BlockContext context) {
        try {
            Identity identity =
                    new Identity(config, CertificateEnds.of(context.server().meters()));
            context.settings().tls(identity);
            context.onStart(() -> identity.start(context.server().background()));
            context.onStop(identity::stop);
        } catch (FileNotFoundException e) {
            option.problems().missing(option.position(), "certificate cannot be used: " + e.getMessage());
        } catch (IOException e) {
            option.fail("certificate cannot be used: " + e.getMessage());
        }
    }
}
