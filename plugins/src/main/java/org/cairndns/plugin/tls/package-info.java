/** Directive {@code tls}: certificates of the servers that speak DNS over TLS or HTTPS. */
package org.cairndns.plugin.tls;
