/** The {@code whoami} directive: answers with what the server saw of the client. */
package org.cairndns.plugin.whoami;
