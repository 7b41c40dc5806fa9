/** Load at a fixed rate, whatever comes back: the generator and what it counts. */
@NullMarked
package org.cairndns.perf.load;

import org.jspecify.annotations.NullMarked;
