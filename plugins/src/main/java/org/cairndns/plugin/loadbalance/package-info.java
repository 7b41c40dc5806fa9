/** The {@code loadbalance} directive: puts address records of a response into another order. */
package org.cairndns.plugin.loadbalance;
