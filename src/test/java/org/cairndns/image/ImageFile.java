package org.cairndns.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An image as a tar of an OCI layout, unpacked to a folder. */
final class ImageFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final JsonNode manifest;

    /** Unpacks the tar, but none of its layers, to a new folder. */
    ImageFile(Path tar, Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        Commands.run("tar", "-xf", tar.toString(), "-C", folder.toString()).orFail();
        JsonNode index = json(folder.resolve("index.json"));
        this.manifest = json(blob(index.at("/manifests/0/digest").asString()));
    }

    static JsonNode json(Path file) {
        return JSON.readTree(file.toFile());
    }

    /** The table that docker load reads. */
    JsonNode dockerTable() {
        return json(folder.resolve("manifest.json")).get(0);
    }

    /** What containerd reads of the image beside its digest: its names. */
    JsonNode annotations() {
        return json(folder.resolve("index.json")).at("/manifests/0/annotations");
    }

    JsonNode manifest() {
        return manifest;
    }

    /** What a container made of it starts with: user, entry point and so on. */
    JsonNode config() {
        return image().get("config");
    }

    /** The configuration of the image, with the digests of its layers. */
    JsonNode image() {
        return json(blob(manifest.at("/config/digest").asString()));
    }

    /** The files of the layers, compressed, lowest first. */
    List<Path> layers() {
        List<Path> layers = new ArrayList<>();
        manifest.get("layers")
                .forEach(layer -> layers.add(blob(layer.get("digest").asString())));
        return layers;
    }

    /** Octets of all layers as they are stored and sent. */
    long compressedOctets() {
        long octets = 0;
        for (JsonNode layer : manifest.get("layers")) {
            octets += layer.get("size").asLong();
        }
        return octets;
    }

    /** Lays the layers over each other in a folder, with owners and modes where the user may do that. */
    Path unpack(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root);
        for (Path layer : layers()) {
            Commands.run("tar", "-xzpf", layer.toString(), "--numeric-owner", "-C", root.toString())
                    .orFail();
        }
        return root;
    }

    private Path blob(String digest) {
        return folder.resolve("blobs").resolve(digest.replace(':', '/'));
    }
}
