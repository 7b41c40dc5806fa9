/** What breaks around a server on purpose, and what its clients see of it: the command {@code perf/faults}. */
@NullMarked
package org.cairndns.perf.faults;

import org.jspecify.annotations.NullMarked;
