/** Plots of measurements as SVG, drawn from plain figures. */
@NullMarked
package org.cairndns.perf.plot;

import org.jspecify.annotations.NullMarked;
