/** The run that a build does once to make the archive which later starts of the server read; see {@code server/train}. */
@NullMarked
package org.cairndns.server.training;

import org.jspecify.annotations.NullMarked;
