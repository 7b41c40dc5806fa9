/** Options that commands share. */
@NullMarked
package org.cairndns.server.option;

import org.jspecify.annotations.NullMarked;
