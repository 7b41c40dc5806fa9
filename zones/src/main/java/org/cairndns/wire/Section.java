package org.cairndns.wire;

/** Sections of a response that hold records, in wire order. */
public enum Section {
    ANSWER,
    AUTHORITY,
    ADDITIONAL
}
