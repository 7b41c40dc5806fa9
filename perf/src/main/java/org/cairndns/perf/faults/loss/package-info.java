/**
 * A server between clients and upstreams in network namespaces, with packets lost, late, twice and out of order on the ways
 * between them. Everything that opens a socket or starts a process says in which namespace.
 */
@NullMarked
package org.cairndns.perf.faults.loss;

import org.jspecify.annotations.NullMarked;
