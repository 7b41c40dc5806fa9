/** Directive {@code timeouts}: limits of connections over TCP, TLS and HTTPS. */
package org.cairndns.plugin.timeouts;
