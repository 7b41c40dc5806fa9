/** Directive {@code cancel}: gives up queries whose reply takes too long. */
package org.cairndns.plugin.cancel;
