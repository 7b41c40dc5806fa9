package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * KubeObjects of manifests by their types, read strictly: a field that a type does not have is an error.
 *
 * @param all in the order of the text
 */
public record KubeObjects(List<HasMetadata> all) {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/DaemonSet", DaemonSet.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRole", ClusterRole.class),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", ClusterRoleBinding.class),
            Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            // Its fields are in kinds.txt.
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", GenericKubernetesResource.class),
            // Kinds of the Prometheus operator: their types are in its CustomResourceDefinitions.
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", GenericKubernetesResource.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", GenericKubernetesResource.class));

    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new Strict())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Map<Path, KubeObjects> RENDERED = new ConcurrentHashMap<>();

    private static final JsonMapper GENERIC = JsonMapper.builder().build();

    /** The objects of a YAML text. */
    static KubeObjects of(String text) {
        List<HasMetadata> objects = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            if (document instanceof Map<?, ?> map) {
                Class<? extends HasMetadata> type = TYPES.get(map.get("apiVersion") + "/" + map.get("kind"));
                assertThat(type)
                        .as("a type for " + map.get("apiVersion") + "/" + map.get("kind"))
                        .isNotNull();
                JsonMapper mapper = type == GenericKubernetesResource.class ? GENERIC : STRICT;
                objects.add(mapper.convertValue(map, type));
            }
        }
        return new KubeObjects(objects);
    }

    /** The objects that a folder renders to, which is done once; they are not to be changed. */
    public static KubeObjects rendered(Path folder) throws IOException, InterruptedException {
        KubeObjects known = RENDERED.get(folder);
        if (known == null) {
            known = of(Kubectl.render(folder));
            RENDERED.put(folder, known);
        }
        return known;
    }

    <T extends HasMetadata> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The one object of a type. */
    public <T extends HasMetadata> T only(Class<T> type) {
        assertThat(of(type)).as(type.getSimpleName()).hasSize(1);
        return of(type).getFirst();
    }

    /** {@code KIND NAMESPACE/NAME}, or {@code KIND NAME} for what is in no namespace. */
    static String title(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }

    List<String> titles() {
        return all.stream().map(KubeObjects::title).toList();
    }

    /** Reads the types' annotations but for the maps into which they put what they do not know. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return Boolean.FALSE;
        }
    }
}
