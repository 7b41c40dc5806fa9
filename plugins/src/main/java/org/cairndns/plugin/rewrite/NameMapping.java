package org.cairndns.plugin.rewrite;

import org.cairndns.wire.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Change of the names in responses. A name that it is not for stays as it is.
 *
 * <p>Throws {@link IllegalArgumentException} when the outcome is no domain name. Immutable, any thread.
 */
sealed interface NameMapping {
    DomainName apply(DomainName name);

    /** One name, with all names below it, to another. */
    record Subtree(DomainName from, DomainName to) implements NameMapping {
        @Override
        public DomainName apply(DomainName name) {
            int prefix = name.prefixOctets(from);
            return prefix < 0 ? name : name.withSuffix(prefix, to);
        }
    }

    /** Text that matches a pattern to a replacement. */
    record Matching(NamePattern pattern, String replacement) implements NameMapping {
        @Override
        public DomainName apply(DomainName name) {
            @Nullable String text = pattern.replace(Subject.textOf(name), replacement);
            return text == null ? name : DomainName.of(text);
        }
    }
}
