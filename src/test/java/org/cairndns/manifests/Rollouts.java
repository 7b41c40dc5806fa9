package org.cairndns.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The controllers of a cluster as far as {@code kubectl rollout} sees them: every Deployment and DaemonSet of the namespace
 * {@code kube-system} is rolled out at once, and as many of a Deployment's earlier pod templates as it wants are kept in ReplicaSets.
 */
final class Rollouts implements AutoCloseable {
    private static final String APPS = "/apis/apps/v1/namespaces/kube-system/";
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int DEFAULT_HISTORY = 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TestCluster cluster;

    /** Templates of a Deployment by its uid, the present one last. */
    private final Map<String, List<JsonNode>> templates = new HashMap<>();

    /** The last revision of a Deployment by its uid. */
    private final Map<String, Integer> revisions = new HashMap<>();

    private final Thread thread;
    private volatile boolean running = true;

    Rollouts(TestCluster cluster) {
        this.cluster = cluster;
        this.thread = Thread.ofPlatform().daemon().name("rollouts").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                cluster.get(APPS + "deployments").at("/items").forEach(this::deployment);
                cluster.get(APPS + "daemonsets").at("/items").forEach(this::daemonSet);
            } catch (IllegalStateException e) {
                // Changed or deleted meanwhile: it is looked at again.
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isDone(JsonNode object) {
        long generation = object.at("/metadata/generation").longValue();
        return object.at("/status/observedGeneration").asLong(0) == generation;
    }

    private void deployment(JsonNode deployment) {
        if (isDone(deployment)) {
            return;
        }
        remember(deployment);
        forget(deployment);
        int replicas = deployment.at("/spec/replicas").intValue();
        status("deployments", deployment, """
                "replicas":%d,"updatedReplicas":%d,"readyReplicas":%d,"availableReplicas":%d""".formatted(replicas, replicas, replicas, replicas));
    }

    private void daemonSet(JsonNode set) {
        if (!isDone(set)) {
            status("daemonsets", set, """
                    "desiredNumberScheduled":1,"currentNumberScheduled":1,"updatedNumberScheduled":1,"numberReady":1,\
                    "numberAvailable":1,"numberMisscheduled":0""");
        }
    }

    private void status(String plural, JsonNode object, String numbers) {
        String name = name(object);
        long generation = object.at("/metadata/generation").longValue();
        cluster.api()
                .patch(
                        APPS + plural + "/" + name + "/status",
                        "{\"status\":{\"observedGeneration\":" + generation + "," + numbers + "}}");
    }

    /** Gives the template the next revision, in its ReplicaSet, which is made if there is none. */
    private void remember(JsonNode deployment) {
        String uid = uid(deployment);
        String name = name(deployment);
        List<JsonNode> known = templates.computeIfAbsent(uid, any -> new ArrayList<>());
        JsonNode template = deployment.at("/spec/template");
        int index = known.indexOf(template);
        if (index >= 0 && index == known.size() - 1 && revisions.containsKey(uid)) {
            // Something else of the Deployment has changed.
            return;
        }
        String revision = Integer.toString(revisions.merge(uid, 1, Integer::sum));
        String hash = hash(deployment, template);
        if (index >= 0) {
            known.add(known.remove(index));
            annotate("replicasets/" + name + "-" + hash, revision);
        } else {
            known.add(template);
            cluster.api()
                    .create(
                            APPS + "replicasets",
                            replicaSet(deployment, hash, revision).toString());
        }
        annotate("deployments/" + name, revision);
    }

    /** Removes the ReplicaSets of the earliest templates, but for those that the Deployment wants kept. */
    private void forget(JsonNode deployment) {
        List<JsonNode> known = templates.getOrDefault(uid(deployment), new ArrayList<>());
        int kept = deployment.at("/spec/revisionHistoryLimit").asInt(DEFAULT_HISTORY);
        while (known.size() - 1 > kept) {
            String hash = hash(deployment, known.removeFirst());
            cluster.api().delete(APPS + "replicasets/" + name(deployment) + "-" + hash);
        }
    }

    /** What tells the ReplicaSet of a template from others; another Deployment of the name may have been there before. */
    private static String hash(JsonNode deployment, JsonNode template) {
        return uid(deployment).substring(0, 8) + "-" + Integer.toHexString(template.hashCode());
    }

    private static String uid(JsonNode object) {
        return object.at("/metadata/uid").stringValue();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").stringValue();
    }

    private void annotate(String object, String revision) {
        cluster.api()
                .patch(APPS + object, "{\"metadata\":{\"annotations\":{\"" + REVISION + "\":\"" + revision + "\"}}}");
    }

    private static ObjectNode replicaSet(JsonNode deployment, String hash, String revision) {
        String name = name(deployment);
        ObjectNode set = JsonMapper.shared().createObjectNode();
        set.put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        ObjectNode metadata = set.putObject("metadata");
        metadata.put("name", name + "-" + hash);
        metadata.putObject("annotations").put(REVISION, revision);
        metadata.set("labels", withHash(deployment.at("/spec/template/metadata/labels"), hash));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment")
                .put("name", name)
                .put("uid", uid(deployment))
                .put("controller", true);
        ObjectNode spec = set.putObject("spec");
        spec.putObject("selector").set("matchLabels", withHash(deployment.at("/spec/selector/matchLabels"), hash));
        ObjectNode template = (ObjectNode) deployment.at("/spec/template").deepCopy();
        ((ObjectNode) template.get("metadata")).set("labels", withHash(template.at("/metadata/labels"), hash));
        spec.set("template", template);
        return set;
    }

    private static ObjectNode withHash(JsonNode labels, String hash) {
        return ((ObjectNode) labels.deepCopy()).put("pod-template-hash", hash);
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
