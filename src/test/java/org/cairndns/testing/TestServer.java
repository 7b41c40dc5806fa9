package org.cairndns.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.PluginList;
import org.cairndns.server.EmbeddedServer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A whole server on loopback with a Corefile of the test's, on a free port. */
public final class TestServer implements AutoCloseable {
    private final EmbeddedServer server;

    private TestServer(EmbeddedServer server) {
        this.server = server;
    }

    /** Starts a server; a Corefile names port 0 or none, and {@code bind 127.0.0.1} where it likes. */
    public static TestServer start(String corefile) throws IOException, CorefileException {
        return new TestServer(EmbeddedServer.start(corefile));
    }

    /** Starts a server with other plugins than the built-in ones. */
    public static TestServer start(String corefile, PluginList plugins) throws IOException, CorefileException {
        return new TestServer(EmbeddedServer.start(corefile, plugins));
    }

    /** Starts a server with a Corefile on the disk. */
    public static TestServer startFile(Path corefile) throws IOException, CorefileException {
        return new TestServer(EmbeddedServer.startFile(corefile));
    }

    /** Starts a server with a Corefile on the disk that goes on whatever is amiss around it. */
    public static TestServer startAnyhow(Path corefile, Optional<Path> lastGood) throws IOException, CorefileException {
        return new TestServer(EmbeddedServer.startAnyhow(corefile, lastGood));
    }

    public EmbeddedServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    /** Asks over UDP without EDNS, five seconds at most. */
    public Message ask(String qname, int qtype) throws IOException {
        return ask(qname, qtype, false);
    }

    /** Asks over UDP or TCP without EDNS, five seconds at most. */
    public Message ask(String qname, int qtype, boolean tcp) throws IOException {
        return send(query(qname, qtype), tcp);
    }

    /** Asks over UDP without EDNS and with RD clear. */
    public Message askWithoutRecursion(String qname, String qtype) throws IOException {
        Message query = query(qname, Type.value(qtype));
        query.getHeader().unsetFlag(Flags.RD);
        return send(query, false);
    }

    private static Message query(String qname, int qtype) throws IOException {
        Name name = Name.fromString(qname.endsWith(".") ? qname : qname + ".");
        return Message.newQuery(Record.newRecord(name, qtype, 1));
    }

    private Message send(Message query, boolean tcp) throws IOException {
        SimpleResolver resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(port());
        resolver.setTCP(tcp);
        resolver.setEDNS(-1);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver.send(query);
    }

    /** {@link #ask(String, int)} with the type's mnemonic. */
    public Message ask(String qname, String qtype) throws IOException {
        return ask(qname, Type.value(qtype));
    }

    @Override
    public void close() {
        server.close();
    }
}
