/**
 * Where the objects of a cluster come from: its API, or a folder of manifests.
 *
 * <p>Both read JSON tokens straight into the entries of {@link org.cairndns.kubernetes}; no object of the API is ever built.
 */
@NullMarked
package org.cairndns.kubernetes.source;

import org.jspecify.annotations.NullMarked;
