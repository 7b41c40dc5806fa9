/**
 * The {@code secondary} directive: zones that other servers hand over.
 *
 * <pre>
 *   SecondaryPlugin --> SecondaryZone: when to ask   --> PrimaryClient: serial, whole zone, over TCP
 *   NOTIFY --NotifyHandler--> SecondaryZone              '--> ZoneSlot <-- AuthorityHandler
 * </pre>
 */
package org.cairndns.plugin.secondary;
