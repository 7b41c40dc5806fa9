/** The {@code minimal} directive: leaves out of positive responses what the client did not ask for. */
package org.cairndns.plugin.minimal;
