/**
 * Contents of authoritative zones that are given record by record, by a zone file or by a transfer.
 *
 * <pre>
 *   zone file --ZoneFile--> records --Zone.of--> ZoneNodes + ZoneRrsets (arrays, never changed)
 *   transfer  ------------> records -'              |
 *   Query --Zone.lookup--> walk down the names --> answer, alias, referral, NODATA, name error
 * </pre>
 *
 * A new version of a zone is a new {@link org.cairndns.zone.data.Zone}; who serves it swaps the reference.
 */
@NullMarked
package org.cairndns.zone.data;

import org.jspecify.annotations.NullMarked;
