/**
 * The {@code autopath} directive: walks the client's search path on the server, so that the client asks once.
 *
 * <pre>
 *   www.example.com.default.svc.cluster.local     asked for, with the client's first suffix
 *   www.example.com.svc.cluster.local             }
 *   www.example.com.cluster.local                 } asked for in its place by {@link SearchWalk}
 *   www.example.com                               }
 * </pre>
 */
package org.cairndns.plugin.autopath;
