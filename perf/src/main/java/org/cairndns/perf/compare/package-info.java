/** Comparison of whole servers under load: real processes, a real Kubernetes API, one core each. */
@NullMarked
package org.cairndns.perf.compare;

import org.jspecify.annotations.NullMarked;
