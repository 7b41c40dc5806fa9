/** What clients wait for: latency of servers at fixed rates, their pauses, and what they do when hard pressed. */
@NullMarked
package org.cairndns.perf.latency;

import org.jspecify.annotations.NullMarked;
