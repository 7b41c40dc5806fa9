package org.cairndns.kubernetes;

import java.util.Set;

/** Which namespaces are served: those that exist and, where some are listed, are among them. */
final class Visibility {
    private final Set<String> listed;

    /** Visibility of these namespaces, of all if empty. */
    Visibility(Set<String> listed) {
        this.listed = listed;
    }

    boolean isVisible(NamespaceNode namespace) {
        return namespace.exists() && (listed.isEmpty() || listed.contains(namespace.name()));
    }
}
