/** Flame graphs of where a server spends its processor time. */
@NullMarked
package org.cairndns.perf.flame;

import org.jspecify.annotations.NullMarked;
