package org.cairndns.perf.faults;

import java.util.List;
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.load.LoadTally;

/**
 * A long load with what happened meanwhile.
 *
 * @param looks at the server, one a second
 * @param changes of the cluster
 * @param reloads of the server
 * @param faults of an upstream that began and ended
 */
record SoakLoad(LoadTally tally, List<Sampler.Look> looks, long changes, int reloads, int faults) {}
