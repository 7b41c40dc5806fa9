package org.cairndns.plugin.spi;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.cairndns.wire.Query;

/** Settings of a server block that its directives fill in; used on one thread during assembly. */
public final class BlockSettings {
    private final List<InetAddress> bindAddresses = new ArrayList<>();
    private final Map<String, SearchPaths> searchPaths = new HashMap<>();
    private final List<TransferSource> transferSources = new ArrayList<>();
    private final ZoneChanges zoneChanges = new ZoneChanges();
    private final Set<Class<?>> wanted = new HashSet<>();
    private final Map<Class<?>, Object> offers = new HashMap<>();
    private boolean debug;
    private boolean stackTraces;
    private boolean otherClasses;
    private final Metadata metadata = new Metadata();
    private String view = "";
    private Optional<Predicate<Query>> filter = Optional.empty();
    private Path root = Path.of("");
    private Optional<ServerTls> tls = Optional.empty();
    private StreamTimeouts timeouts = StreamTimeouts.NONE;
    private OptionalInt sockets = OptionalInt.empty();
    private Optional<ShedCounts> shed = Optional.empty();

    /** Addresses to listen on; none means every address. */
    public List<InetAddress> bindAddresses() {
        return bindAddresses;
    }

    /** What plugins of the block offer to {@code autopath}, by plugin; complete once all are set up. */
    public Map<String, SearchPaths> searchPaths() {
        return searchPaths;
    }

    /** What plugins of the block offer to {@code transfer}, the first that has a zone wins; complete once all are set up. */
    public List<TransferSource> transferSources() {
        return transferSources;
    }

    /** Where plugins of the block say that a zone of theirs changed, so that {@code transfer} sends NOTIFY. */
    public ZoneChanges zoneChanges() {
        return zoneChanges;
    }

    /** True if debug messages are wanted. */
    public boolean debug() {
        return debug;
    }

    public void debug(boolean wanted) {
        this.debug = wanted;
    }

    /** True if the stack of a handler's failure belongs in the log. */
    public boolean stackTraces() {
        return stackTraces;
    }

    public void stackTraces(boolean wanted) {
        this.stackTraces = wanted;
    }

    /** True if a handler of the block takes classes other than IN, so that its addresses let such queries in. */
    public boolean otherClasses() {
        return otherClasses;
    }

    public void otherClasses(boolean taken) {
        this.otherClasses = taken;
    }

    /** Says that a plugin of the block looks for an object of this type, before whoever may have one is set up. */
    public void want(Class<?> type) {
        wanted.add(type);
    }

    /** True if an object of this type is looked for. */
    public boolean isWanted(Class<?> type) {
        return wanted.contains(type);
    }

    /** Hands an object to the plugins of the block that look for one of its type. */
    public <T> void offer(Class<T> type, T object) {
        offers.put(type, object);
    }

    /** What was offered of a type; complete once all plugins are set up. */
    public <T> Optional<T> offered(Class<T> type) {
        return Optional.ofNullable(offers.get(type)).map(type::cast);
    }

    /** What plugins of the block tell each other about a query. */
    public Metadata metadata() {
        return metadata;
    }

    /** Which of the queries for its zones the block takes; empty for all. Any thread, never blocks. */
    public Optional<Predicate<Query>> filter() {
        return filter;
    }

    public void filter(Predicate<Query> takes) {
        this.filter = Optional.of(takes);
    }

    /** Name of the block's view, the {@code view} label of its metrics; empty without one. */
    public String view() {
        return view;
    }

    public void view(String name) {
        this.view = name;
    }

    /** Where {@link BlockContext#directory()} lies, seen from the process's folder; empty for that folder itself. */
    public Path root() {
        return root;
    }

    public void root(Path path) {
        this.root = path;
    }

    /** What encrypted servers show their clients, if the block says so. */
    public Optional<ServerTls> tls() {
        return tls;
    }

    public void tls(ServerTls identity) {
        this.tls = Optional.of(identity);
    }

    /** Limits of the connections to the block's addresses. */
    public StreamTimeouts timeouts() {
        return timeouts;
    }

    public void timeouts(StreamTimeouts limits) {
        this.timeouts = limits;
    }

    /** Sockets that each address gets, if the block says so. */
    public OptionalInt sockets() {
        return sockets;
    }

    public void sockets(int count) {
        this.sockets = OptionalInt.of(count);
    }

    /** Where drops are counted, if the block's UDP sockets shall shed load. */
    public Optional<ShedCounts> shed() {
        return shed;
    }

    public void shed(ShedCounts counts) {
        this.shed = Optional.of(counts);
    }
}
