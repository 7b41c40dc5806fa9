package org.cairndns.kubernetes.source;

import org.snakeyaml.engine.v2.nodes.Node;

/** The receiver of the documents of a file. */
@FunctionalInterface
interface DocumentSink {
    /** Levels of mappings and sequences in each other that are read; manifests have about ten. */
    int MAX_DEPTH = 100;

    /** Takes the next document, of any shape. */
    void document(Node root) throws ManifestException;
}
