/**
 * Zone transfers to secondaries (RFC 5936, RFC 1995) and word to them that a zone changed (RFC 1996).
 *
 * <pre>
 *   AXFR, IXFR --TransferHandler--> TransferRule: may this client?   TransferSource: who has the zone? --> TransferStream
 *   ZoneChanges --Notifier--> NotifyExchange, one per zone and address
 * </pre>
 */
package org.cairndns.plugin.transfer;
