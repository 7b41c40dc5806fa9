/**
 * The process: command line, configuration from Corefile to running sockets, reload, signals.
 *
 * <pre>
 *   Corefile text -- corefile --> server blocks -- ConfigurationAssembler --> Configuration -- RunningServer --> sockets
 * </pre>
 */
package org.cairndns.server;
