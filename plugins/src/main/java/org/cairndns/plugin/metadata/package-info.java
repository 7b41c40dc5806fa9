/**
 * The {@code metadata} directive: lets plugins of a server block use what others know about a query.
 *
 * <pre>
 *   MetadataPlugin --turns on--> spi.Metadata      MetadataHandler --query that takes notes--> all handlers below
 * </pre>
 */
package org.cairndns.plugin.metadata;
