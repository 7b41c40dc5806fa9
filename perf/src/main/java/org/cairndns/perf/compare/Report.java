package org.cairndns.perf.compare;

/** Everything that a run found out: a record whose components are the figures for programs. */
public interface Report {
    /** The same as tables for readers. */
    String markdown();
}
