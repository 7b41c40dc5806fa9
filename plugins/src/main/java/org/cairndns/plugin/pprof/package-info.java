/**
 * The directive {@code pprof}: where the process spends its time, as Java flight recordings, thread dumps and class
 * histograms at the paths where CoreDNS has profiles of Go.
 */
@org.jspecify.annotations.NullMarked
package org.cairndns.plugin.pprof;
