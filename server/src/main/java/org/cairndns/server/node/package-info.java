/** What a cache on each node needs of its node: the command {@code cairn node-address}. */
@NullMarked
package org.cairndns.server.node;

import org.jspecify.annotations.NullMarked;
