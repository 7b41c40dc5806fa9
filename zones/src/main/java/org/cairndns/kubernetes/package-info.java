/**
 * The cluster's objects as DNS sees them.
 *
 * <p>A {@link org.cairndns.kubernetes.ClusterSource} reports objects as entries with the few fields that matter.
 */
@NullMarked
package org.cairndns.kubernetes;

import org.jspecify.annotations.NullMarked;
