/**
 * The status page of the directive {@code health}.
 *
 * <pre>
 *   spi.Reports, spi.Conditions, spi.Failures, ServerControl --Recorder--> Status --> StatusJson, StatusHtml
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.cairndns.plugin.health.status;
