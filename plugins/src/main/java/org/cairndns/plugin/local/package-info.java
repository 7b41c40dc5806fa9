/** The {@code local} directive: answers for localhost and for reverse names that no other server should see. */
package org.cairndns.plugin.local;
