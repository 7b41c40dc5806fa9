/** Plots of the results in files, of whichever command wrote them. */
@NullMarked
package org.cairndns.perf.results;

import org.jspecify.annotations.NullMarked;
