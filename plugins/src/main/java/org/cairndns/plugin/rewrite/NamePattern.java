package org.cairndns.plugin.rewrite;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.cairndns.wire.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says of the names that it is for; names are compared as text, see {@link Subject#name()}.
 *
 * <p>Immutable, any thread.
 */
sealed interface NamePattern {
    /** Text of a name with the matching part replaced, or null if the name does not match. */
    @Nullable
    String replace(String name, String replacement);

    boolean matches(Subject subject);

    /** The whole name. */
    record Exact(DomainName name) implements NamePattern {
        @Override
        public @Nullable String replace(String other, String replacement) {
            return Subject.textOf(name).equals(other) ? replacement : null;
        }

        @Override
        public boolean matches(Subject subject) {
            return name.equals(subject.qname());
        }
    }

    /** The start of the text. */
    record Prefix(String text) implements NamePattern {
        @Override
        public @Nullable String replace(String name, String replacement) {
            return name.startsWith(text) ? replacement + name.substring(text.length()) : null;
        }

        @Override
        public boolean matches(Subject subject) {
            return subject.name().startsWith(text);
        }
    }

    /** The end of the text. */
    record Suffix(String text) implements NamePattern {
        @Override
        public @Nullable String replace(String name, String replacement) {
            return name.endsWith(text) ? name.substring(0, name.length() - text.length()) + replacement : null;
        }

        @Override
        public boolean matches(Subject subject) {
            return subject.name().endsWith(text);
        }
    }

    /** Every place of the text. */
    record Substring(String text) implements NamePattern {
        @Override
        public @Nullable String replace(String name, String replacement) {
            return name.contains(text) ? name.replace(text, replacement) : null;
        }

        @Override
        public boolean matches(Subject subject) {
            return subject.name().contains(text);
        }
    }

    /** A regular expression in RE2 syntax found anywhere; the replacement takes the place of the whole name. */
    record Regex(Pattern pattern) implements NamePattern {
        @Override
        public @Nullable String replace(String name, String replacement) {
            Matcher matcher = pattern.matcher(name);
            return matcher.find() ? GroupReferences.expand(replacement, matcher) : null;
        }

        @Override
        public boolean matches(Subject subject) {
            return pattern.matcher(subject.name()).find();
        }
    }
}
