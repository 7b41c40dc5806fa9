/** The {@code errors} directive: a log line for each query that no handler could answer, or one for many alike. */
package org.cairndns.plugin.errors;
