package org.cairndns.perf.latency;

/**
 * What one server did with a small part of a processor.
 *
 * @param warm true if it had load before, with a whole processor; false if the limit began once it was ready
 * @param throttledPeriods tenths of a second in which it had used up its time
 */
record ThrottledRun(boolean warm, LoadRun whole, long throttledPeriods) {}
