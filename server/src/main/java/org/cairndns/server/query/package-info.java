/** Transport-free core: from a query to the server block that answers it, from a reply to octets. */
package org.cairndns.server.query;
