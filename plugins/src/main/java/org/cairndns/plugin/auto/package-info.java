/**
 * The {@code auto} directive: zones from all zone files in a folder.
 *
 * <pre>
 *   directive --AutoConfigReader--> AutoConfig (folder, OriginTemplate, interval)
 *   ZoneFolder --FolderScan--> file per zone --ZoneFileWatch per zone--> table that AuthorityHandler looks in
 * </pre>
 */
package org.cairndns.plugin.auto;
