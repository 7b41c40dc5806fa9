package org.cairndns.kubernetes.source;

/** An object as it was read. */
record ReadObject(ObjectMeta meta, Projected projected) {}
