/**
 * The directive {@code erratic}: answers that come late, cut short or not at all, to test clients with. Source: coredns
 * plugin/erratic.
 */
@org.jspecify.annotations.NullMarked
package org.cairndns.plugin.erratic;
