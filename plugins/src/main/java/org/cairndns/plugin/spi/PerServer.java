package org.cairndns.plugin.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object, usually a set of counters, per server address that queries come in on.
 *
 * <p>Any thread: the table is replaced as a whole under this object's lock, and read without it.
 */
public final class PerServer<T> {
    private record Entry<T>(String server, T value) {}

    private final Function<String, T> maker;
    private volatile List<Entry<T>> entries = List.of();

    /**
     * @param maker of the object for a metrics name of a server, such as {@code dns://:53}
     */
    public PerServer(Function<String, T> maker) {
        this.maker = maker;
    }

    /** The object of a server, made when it is first asked for. */
    public T of(String server) {
        T known = find(server);
        return known != null ? known : added(server);
    }

    private @Nullable T find(String server) {
        List<Entry<T>> known = entries;
        for (int i = 0; i < known.size(); i++) {
            Entry<T> entry = known.get(i);
            if (entry.server().equals(server)) {
                return entry.value();
            }
        }
        return null;
    }

    private synchronized T added(String server) {
        T known = find(server);
        if (known != null) {
            return known;
        }
        T value = maker.apply(server);
        List<Entry<T>> more = new ArrayList<>(entries);
        more.add(new Entry<>(server, value));
        entries = List.copyOf(more);
        return value;
    }

    /** The objects made so far. */
    public List<T> values() {
        return entries.stream().map(Entry::value).toList();
    }
}
