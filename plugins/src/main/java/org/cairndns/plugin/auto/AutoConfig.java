package org.cairndns.plugin.auto;

import java.nio.file.Path;
import java.time.Duration;
import org.cairndns.zone.Zones;

/**
 * What one {@code auto} directive says.
 *
 * @param folder absolute
 * @param origins from the name of a file to that of its zone
 * @param reload time between two looks at the folder, zero for none
 * @param zones names outside are none of the directive's business
 */
record AutoConfig(Path folder, OriginTemplate origins, Duration reload, Zones zones) {}
