package org.cairndns.kubernetes.snapshot;

/**
 * What the body of a snapshot is made of: items that each begin with one of these numbers. Objects are of the namespace that was
 * named last.
 */
final class Items {
    /** The end of the body. */
    static final int END = 0;

    /** A namespace that exists, by its name. */
    static final int NAMESPACE = 1;

    /** The name of a namespace that is not known to exist. */
    static final int ELSEWHERE = 2;

    static final int SERVICE = 3;
    static final int IMPORT = 4;
    static final int SLICE = 5;
    static final int POD = 6;

    /** Bits of a slice: which columns its endpoints have. */
    static final int HOSTNAMES = 1;

    static final int POD_NAMES = 2;
    static final int ZONES = 4;

    /** The names of the pods are the hostnames. */
    static final int SAME_NAMES = 8;

    /** The slice belongs to an import. */
    static final int IMPORTED = 16;

    private Items() {}
}
