/**
 * The {@code log} directive: a line per query in a format of the user's.
 *
 * <pre>
 *   LogHandler --first rule whose scope covers the qname--> LogRule: classes, LineFormat --Placeholder by Placeholder--> line
 * </pre>
 */
package org.cairndns.plugin.log;
