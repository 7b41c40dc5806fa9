package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Cluster objects written one per line.
 *
 * <pre>
 *   namespace NAME
 *   service NAMESPACE/NAME ADDRESS... PORT... +TARGET...
 *   headless NAMESPACE/NAME PORT...
 *   import NAMESPACE/NAME ADDRESS... PORT...
 *   headless-import NAMESPACE/NAME PORT...
 *   external NAMESPACE/NAME TARGET
 *   slice NAMESPACE/NAME SERVICE PORT... ENDPOINT...
 *   pod NAMESPACE/NAME ADDRESS...
 * </pre>
 *
 * The service of a slice may be a hyphen for none, and have {@code ,IMPORT@CLUSTER} behind it. A port is {@code NAME:80/tcp}, the name may be empty. An endpoint is {@code @ADDRESS}, with a hostname {@code
 * @ADDRESS=HOSTNAME}, with a pod {@code @ADDRESS=HOSTNAME=POD}, with a zone behind that. Text behind {@code #} is ignored.
 */
final class ClusterText {
    private ClusterText() {}

    /** Puts each object of the text. */
    static void apply(String text, ClusterChanges changes) {
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(line -> put(line.split("\\s+"), changes));
    }

    /** A complete list of every kind with the objects of the text. */
    static void list(String text, ClusterChanges changes) {
        for (ObjectKind kind : ObjectKind.values()) {
            changes.listStarted(kind);
        }
        apply(text, changes);
        for (ObjectKind kind : ObjectKind.values()) {
            changes.listFinished(kind);
        }
    }

    private static void put(String[] words, ClusterChanges changes) {
        String[] path = words[1].split("/");
        List<String> rest = Arrays.asList(words).subList(2, words.length);
        switch (words[0]) {
            case "namespace" -> changes.putNamespace(words[1]);
            case "service" -> changes.put(service(path, ServiceKind.CLUSTER_IP, rest, ""));
            case "headless" -> changes.put(service(path, ServiceKind.HEADLESS, rest, ""));
            case "import" -> changes.putImport(service(path, ServiceKind.CLUSTER_IP, rest, ""));
            case "headless-import" -> changes.putImport(service(path, ServiceKind.HEADLESS, rest, ""));
            case "external" -> changes.put(service(path, ServiceKind.EXTERNAL_NAME, List.of(), rest.getFirst()));
            case "slice" -> changes.put(slice(path, rest.getFirst(), rest.subList(1, rest.size())));
            case "pod" -> changes.put(new PodEntry(path[0], path[1], addresses(rest)));
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private static ServiceEntry service(String[] path, ServiceKind kind, List<String> words, String externalName) {
        List<String> addresses = words.stream()
                .filter(word -> !word.contains("/") && !word.startsWith("+"))
                .toList();
        List<String> targets = words.stream()
                .filter(word -> word.startsWith("+"))
                .map(word -> word.substring(1))
                .toList();
        return new ServiceEntry(path[0], path[1], kind, addresses(addresses), externalName, ports(words), targets);
    }

    private static SliceEntry slice(String[] path, String owners, List<String> words) {
        String[] names = owners.split("[,@]");
        String service = names[0].equals("-") ? "" : names[0];
        List<EndpointEntry> endpoints = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("@")) {
                String[] parts = word.substring(1).split("=", -1);
                endpoints.add(new EndpointEntry(
                        InetAddress.ofLiteral(parts[0]),
                        parts.length > 1 ? parts[1] : "",
                        parts.length > 2 ? parts[2] : "",
                        parts.length > 3 ? parts[3] : ""));
            }
        }
        SliceEntry slice = new SliceEntry(path[0], path[1], service, ports(words), endpoints, OptionalLong.empty());
        return names.length > 1 ? slice.withImport(names[1], names.length > 2 ? names[2] : "") : slice;
    }

    private static List<PortEntry> ports(List<String> words) {
        return words.stream()
                .filter(word -> word.contains("/"))
                .map(ClusterText::port)
                .toList();
    }

    private static PortEntry port(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        return new PortEntry(
                text.substring(0, colon),
                text.substring(slash + 1),
                Integer.parseInt(text.substring(colon + 1, slash)));
    }

    private static List<InetAddress> addresses(List<String> words) {
        return words.stream().map(InetAddress::ofLiteral).toList();
    }
}
