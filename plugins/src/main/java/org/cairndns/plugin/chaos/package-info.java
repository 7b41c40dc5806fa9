/** The {@code chaos} directive: tells version, host and authors to queries of class CH. */
package org.cairndns.plugin.chaos;
