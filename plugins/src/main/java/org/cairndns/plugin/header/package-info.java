/** The {@code header} directive: sets or clears flags of queries on their way down and of responses on their way up. */
package org.cairndns.plugin.header;
