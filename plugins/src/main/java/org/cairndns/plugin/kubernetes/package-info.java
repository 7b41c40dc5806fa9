/**
 * The {@code kubernetes} directive: answers for the names of a cluster's services, endpoints and pods.
 *
 * <pre>
 *   Directive -> {@link org.cairndns.plugin.kubernetes.KubernetesConfigReader} -> KubernetesConfig
 *   SourceSettings -> Cluster (shared by key): ClusterSource -> ClusterWriter -> ClusterIndex
 *   Query -> KubernetesHandler -> ClusterZone over the Cluster's index -> Reply
 * </pre>
 */
package org.cairndns.plugin.kubernetes;
