package org.cairndns.plugin.errors;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.slf4j.event.Level;

/**
 * Rule that turns many alike errors into one line.
 *
 * @param period from the first error to the line that sums them up, 0 or more
 * @param pattern found somewhere in an error's reason; RE2 syntax, as it matches in linear time
 * @param level of the lines
 * @param showFirst true to log the first error of a period itself
 */
record Consolidation(Duration period, Pattern pattern, Level level, boolean showFirst) {}
