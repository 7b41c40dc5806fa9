/**
 * The Corefile as values: text becomes tokens ({@code CorefileLexer}), tokens become server blocks
 * ({@link org.cairndns.corefile.CorefileParser}), and a plugin's factory turns one
 * {@link org.cairndns.corefile.Directive} into its configuration with an
 * {@link org.cairndns.corefile.OptionReader}. Nothing here knows a plugin's name, reads the environment or
 * keeps state between two parses.
 *
 * <p>Every fault carries its {@link org.cairndns.corefile.Position} and is collected, so that one start shows
 * all faults of a file. See {@code docs/corefile.md} for the grammar as users see it.
 */
@NullMarked
package org.cairndns.corefile;

import org.jspecify.annotations.NullMarked;
