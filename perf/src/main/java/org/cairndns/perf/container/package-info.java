/**
 * Servers in containers with the limits of a cluster's pods.
 *
 * <p>Containers run in the Docker engine of this machine, in a network that is made for the run. Images are made here, never
 * fetched.
 */
@NullMarked
package org.cairndns.perf.container;

import org.jspecify.annotations.NullMarked;
