/**
 * Contract between the server and its plugins.
 *
 * <pre>
 *   Directive --Plugin.setup--> BlockContext.handler(layer) --> Handler --handle(Query)--> Reply
 *                                                              |     ^
 *                                                              next  Answered | Failed | Pending | Dropped
 * </pre>
 *
 * Handlers are nested when a server block is assembled, outermost first in the order of the plugin list, each holding
 * the next. They run on an event loop and never block.
 */
package org.cairndns.plugin.spi;
