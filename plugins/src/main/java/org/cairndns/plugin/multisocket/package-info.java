/** Directive {@code multisocket}: how many sockets share one address. */
package org.cairndns.plugin.multisocket;
