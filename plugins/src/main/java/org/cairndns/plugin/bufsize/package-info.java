/** The {@code bufsize} directive: keeps UDP responses below a size that networks pass unfragmented. */
package org.cairndns.plugin.bufsize;
