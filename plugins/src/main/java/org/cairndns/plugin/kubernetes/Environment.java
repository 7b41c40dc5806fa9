package org.cairndns.plugin.kubernetes;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a pod is given to reach the API of its cluster.
 *
 * @param variables environment of the process
 * @param accountFolder holds {@code token} and {@code ca.crt}
 */
record Environment(Map<String, String> variables, Path accountFolder) {}
