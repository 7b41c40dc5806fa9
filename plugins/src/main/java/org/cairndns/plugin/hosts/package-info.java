/**
 * The {@code hosts} directive: addresses from a file like {@code /etc/hosts} and from lines in the Corefile.
 *
 * <pre>
 *   lines --HostLines--> names and addresses of one source --HostsTable--> ready replies by name
 *   HostsFile swaps the table when the file changes; HostsHandler looks names up in it
 * </pre>
 */
package org.cairndns.plugin.hosts;
