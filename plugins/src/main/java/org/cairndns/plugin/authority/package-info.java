/**
 * What the directives that serve whole zones share: {@code file}, {@code auto}, {@code secondary}.
 *
 * <pre>
 *   ZoneFileWatch, or a transfer --set--> ZoneSlot (one zone, present version) <--find-- AuthorityHandler
 *                                            '--> TransferableZone, for the directive 'transfer'
 * </pre>
 */
package org.cairndns.plugin.authority;
