/**
 * The {@code view} directive: a server block for some of the queries for its zones.
 *
 * <pre>
 *   ViewPlugin --expr lines--> expression.Expression with QueryFunctions --as the filter--> BlockSettings
 * </pre>
 */
package org.cairndns.plugin.view;
