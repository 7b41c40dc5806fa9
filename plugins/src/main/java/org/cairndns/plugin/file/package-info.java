/**
 * The {@code file} directive: zones from zone files.
 *
 * <pre>
 *   directives --FileConfigReader--> FileConfig: zone, file, how it is followed --FilePlugin--> ZoneFileWatch per zone
 * </pre>
 */
package org.cairndns.plugin.file;
