/** JMH benchmarks of the steps that a query goes through. */
@NullMarked
package org.cairndns.perf.bench;

import org.jspecify.annotations.NullMarked;
