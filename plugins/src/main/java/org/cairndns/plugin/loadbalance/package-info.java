/**
 * The {@code loadbalance} directive: puts address records of a response into another order.
 *
 * <pre>
 *   round_robin           RoundRobinHandler, order is made while the response is written
 *   round_robin + prefer  ArrangedHandler with PreferredOrder
 *   weighted              ArrangedHandler with WeightedOrder, weights from WeightFile
 * </pre>
 */
package org.cairndns.plugin.loadbalance;
