/** A made-up cluster, the same for every measurement. */
@NullMarked
package org.cairndns.perf.sample;

import org.jspecify.annotations.NullMarked;
