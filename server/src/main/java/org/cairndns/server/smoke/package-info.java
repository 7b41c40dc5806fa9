/** The command {@code cairn smoke}: asks a cluster's DNS what pods ask of it, and says what is wrong. */
@NullMarked
package org.cairndns.server.smoke;

import org.jspecify.annotations.NullMarked;
