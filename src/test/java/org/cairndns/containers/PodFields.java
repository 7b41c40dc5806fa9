package org.cairndns.containers;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a pod's specification that {@link Kubelet} knows, by their paths without numbers of items. */
final class PodFields {
    /** What makes a difference to the container. */
    private static final Set<String> OBEYED = Set.of(
            "automountServiceAccountToken",
            "dnsPolicy",
            "securityContext.runAsGroup",
            "securityContext.runAsNonRoot",
            "securityContext.runAsUser",
            "securityContext.seccompProfile.type",
            "securityContext.sysctls.name",
            "securityContext.sysctls.value",
            "serviceAccountName",
            "volumes.configMap.items.key",
            "volumes.configMap.items.path",
            "volumes.configMap.name",
            "volumes.configMap.optional",
            "volumes.name",
            "containers.args",
            "containers.env.name",
            "containers.env.value",
            "containers.image",
            "containers.resources.limits.cpu",
            "containers.resources.limits.memory",
            "containers.securityContext.allowPrivilegeEscalation",
            "containers.securityContext.capabilities.add",
            "containers.securityContext.capabilities.drop",
            "containers.securityContext.readOnlyRootFilesystem",
            "containers.volumeMounts.mountPath",
            "containers.volumeMounts.name",
            // The kubelet mounts a ConfigMap so in any case.
            "containers.volumeMounts.readOnly");

    /** What is about where and how often the pod runs, or has one value that is as good as none; all below each is, too. */
    private static final Set<String> OF_OTHERS = Set.of(
            "affinity",
            "nodeSelector",
            "priorityClassName",
            "restartPolicy",
            "schedulerName",
            // The former name of serviceAccountName, which the API sets too.
            "serviceAccount",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints",
            // 0644, as files are here.
            "volumes.configMap.defaultMode",
            // A kubelet looks at it now and then.
            "volumes.emptyDir.sizeLimit",
            "containers.imagePullPolicy",
            "containers.livenessProbe",
            "containers.name",
            "containers.ports",
            "containers.readinessProbe",
            "containers.resources.requests",
            "containers.terminationMessagePath",
            "containers.terminationMessagePolicy");

    private PodFields() {}

    /** Those of a pod that are not known; none if it can be run as it would be by a kubelet. */
    static Set<String> unknown(PodSpec pod) {
        Set<String> unknown = new TreeSet<>();
        collect("", JsonMapper.shared().readTree(Serialization.asJson(pod)), unknown);
        return unknown;
    }

    private static void collect(String path, JsonNode value, Set<String> unknown) {
        if (OBEYED.contains(path) || OF_OTHERS.contains(path)) {
            return;
        }
        if (value.isArray() && !value.isEmpty()) {
            value.forEach(item -> collect(path, item, unknown));
        } else if (value.isObject() && !value.isEmpty()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                collect(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), unknown);
            }
        } else if (!value.isContainer()) {
            unknown.add(path);
        }
    }
}
