package org.cairndns.plugin.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Suggestions;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;

/**
 * What the plugins of one server block tell each other about a query, by labels of the form {@code plugin/name}.
 *
 * <pre>
 *   provider: provide(label, source)  --computed when it is asked for, from the query as it came in-->  Value: user
 *             note(label)             --noted while the query is answered, read afterwards----------->
 * </pre>
 *
 * Providers and users register during {@link Plugin#setup} in any order; {@link #complete} joins them. A query costs
 * what is asked of it: nothing where no value is used. Without the directive {@code metadata} all values are empty.
 * The assembly's thread up to {@link #complete}, any thread afterwards. See CoreDNS plugin/metadata.
 */
public final class Metadata {
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Function<String, Source>> families = new TreeMap<>();
    private final Map<String, Note> notes = new HashMap<>();
    private final List<Value> values = new ArrayList<>();
    private Optional<Predicate<DomainName>> zones = Optional.empty();
    private boolean usedByAnyLabel;

    /** Computes a value of the query as it came in; empty where there is none. Any thread, never blocks. */
    @FunctionalInterface
    public interface Source {
        Optional<String> of(Query query);
    }

    /** A label that some plugin of the block wants to know. */
    public static final class Value {
        private final String label;
        private final Position position;

        /** Set before the block answers. */
        private Source source = query -> Optional.empty();

        private Value(String label, Position position) {
            this.label = label;
            this.position = position;
        }

        /** What is known of the query now; a value may be an empty text. */
        public Optional<String> find(Query query) {
            return source.of(query);
        }

        /** What is known of the query now, empty text for nothing. */
        public String of(Query query) {
            return source.of(query).orElse("");
        }

        /** The form {@code plugin/name}. */
        public String label() {
            return label;
        }
    }

    /** A label whose value turns up while a query is answered. */
    public static final class Note {
        private final String label;

        /** Set before the block answers. */
        private boolean used;

        private Note(String label) {
            this.label = label;
        }

        /** True if someone reads it, so that it is worth making. */
        public boolean isUsed() {
            return used;
        }

        /** Tells the value; a later one replaces it. */
        public void set(Query query, String text) {
            if (used) {
                query.note(label, text);
            }
        }
    }

    /** True if a text may be a label: a slash with something on both sides. */
    public static boolean isLabel(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1;
    }

    /**
     * Turns values on.
     *
     * @param covers names for whose queries sources are asked; notes are there for every query
     */
    public void enable(Predicate<DomainName> covers) {
        zones = Optional.of(covers);
    }

    /** Offers a value. */
    public void provide(String label, Source source) {
        sources.put(label, source);
    }

    /**
     * Offers all values whose labels begin with a prefix.
     *
     * @param ofRest source of the label that is {@code prefix} with the argument behind it
     */
    public void provideAll(String prefix, Function<String, Source> ofRest) {
        families.put(prefix, ofRest);
    }

    /** Offers a value that a handler sets. */
    public Note note(String label) {
        return notes.computeIfAbsent(label, Note::new);
    }

    /** Asks for a value; the place is for warnings. */
    public Value value(String label, Position position) {
        Value value = new Value(label, position);
        values.add(value);
        return value;
    }

    /** Asks for values by labels that only a query brings along. */
    public void useAnyLabel() {
        usedByAnyLabel = true;
    }

    /** The value under a label; slower than a {@link Value}. After {@link #complete}. */
    public String find(String label, Query query) {
        return source(label).flatMap(source -> source.of(query)).orElse("");
    }

    /** True if a value is used by anyone so far, so that queries have to carry notes. */
    public boolean isUsed() {
        return zones.isPresent() && (usedByAnyLabel || !values.isEmpty());
    }

    /** What follows the prefix in the labels used so far; empty if any label may be used. */
    public Optional<Set<String>> usedBelow(String prefix) {
        if (usedByAnyLabel) {
            return Optional.empty();
        }
        Set<String> rests = new TreeSet<>();
        for (Value value : values) {
            if (value.label.startsWith(prefix)) {
                rests.add(value.label.substring(prefix.length()));
            }
        }
        return Optional.of(rests);
    }

    /** Joins users and providers once all plugins are set up; warns of labels that stay empty. */
    public void complete(Problems problems) {
        Set<String> used = new TreeSet<>();
        for (Value value : values) {
            Optional<Source> source = source(value.label);
            if (zones.isEmpty()) {
                problems.warn(
                        value.position,
                        "'" + value.label + "' stays empty without the directive 'metadata' in this server block");
            } else if (source.isEmpty()) {
                problems.warn(
                        value.position,
                        "'" + value.label + "' stays empty, no plugin of this server block provides it"
                                + Suggestions.hint(value.label, labels()));
            }
            source.ifPresent(found -> value.source = found);
            used.add(value.label);
        }
        notes.forEach((label, note) -> note.used = zones.isPresent() && (usedByAnyLabel || used.contains(label)));
    }

    private Optional<Source> source(String label) {
        if (zones.isEmpty()) {
            return Optional.empty();
        }
        Source source = sources.get(label);
        if (source != null) {
            return Optional.of(inZones(source));
        }
        for (Map.Entry<String, Function<String, Source>> family : families.entrySet()) {
            if (label.startsWith(family.getKey())) {
                return Optional.of(inZones(
                        family.getValue().apply(label.substring(family.getKey().length()))));
            }
        }
        return notes.containsKey(label) ? Optional.of(query -> noted(label, query)) : Optional.empty();
    }

    private static Optional<String> noted(String label, Query query) {
        String text = query.noted(label);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Source inZones(Source source) {
        Predicate<DomainName> covers = zones.orElse(name -> false);
        return query -> {
            Query original = query.original();
            return covers.test(original.qname()) ? source.of(original) : Optional.empty();
        };
    }

    private Set<String> labels() {
        Set<String> labels = new TreeSet<>(sources.keySet());
        labels.addAll(notes.keySet());
        return labels;
    }
}
