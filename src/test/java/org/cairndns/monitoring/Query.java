package org.cairndns.monitoring;

/**
 * An expression in Prometheus' language.
 *
 * @param name who asks
 * @param expression with or without variables of Grafana
 */
record Query(String name, String expression) {
    /**
     * The expression with all jobs, instances and clusters chosen.
     *
     * @param rateInterval what Grafana makes of {@code $__rate_interval}
     */
    String chosen(String rateInterval) {
        return expression
                .replace("$__rate_interval", rateInterval)
                .replaceAll("\\$(job|instance|cluster|pod|namespace)\\b", ".*")
                .replace("$protocol", "udp");
    }
}
