/** Directive {@code shed}: drops load at UDP sockets that cannot keep up. */
package org.cairndns.plugin.shed;
