package org.cairndns.plugin.health.status;

import org.cairndns.plugin.spi.Totals;

/** What was counted until a moment. */
record Counted(long atNanos, Totals totals) {}
