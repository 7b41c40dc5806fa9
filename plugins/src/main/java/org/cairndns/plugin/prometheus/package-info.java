/**
 * The {@code prometheus} directive: counts queries and serves the metrics of the process.
 *
 * <pre>
 *   MetricsHandler --one query--> QueryMetrics: a long[] per series and thread (QuerySlots says what lies where)
 *                                      |
 *   /metrics <-- MetricsPage <-- QueryMetricsCollector: sums over threads, then over series with equal labels
 * </pre>
 */
package org.cairndns.plugin.prometheus;
