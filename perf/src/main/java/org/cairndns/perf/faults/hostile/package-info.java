/** Messages that no honest sender makes, sent to a server on purpose, with an oracle that knows what has to come back. */
@NullMarked
package org.cairndns.perf.faults.hostile;

import org.jspecify.annotations.NullMarked;
