package org.cairndns.perf.container;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images of the engine that are made or loaded here. */
public final class Images {
    private static final String USER = "65532:65532";

    private Images() {}

    /** Whether the engine has an image of that name. */
    public static boolean has(String name) {
        return !Engine.client().listImagesCmd().withReferenceFilter(name).exec().isEmpty();
    }

    /** Loads the image of an archive, as {@code docker save} writes it; its name. */
    public static String load(Path archive) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xOf", archive.toString(), "manifest.json").start();
        JsonNode table = JsonMapper.shared().readTree(tar.getInputStream().readAllBytes());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            Engine.client().loadImageCmd(in).exec();
        }
        return table.at("/0/RepoTags/0").asString();
    }

    /**
     * Makes an image of one program of this machine with the libraries that it needs, in a folder that is used for that; it runs
     * as the user that CoreDNS's own image has.
     */
    public static String ofProgram(String name, Path program, Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.copy(program, root.resolve("program"));
        for (Path library : libraries(program)) {
            Path copy = root.resolve(library.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(library.toRealPath(), copy);
        }
        Path recipe = Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM scratch\nCOPY root /\nUSER " + USER + "\nENTRYPOINT [\"/program\"]\n");
        Engine.client()
                .buildImageCmd(recipe.toFile())
                .withTags(Set.of(name))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        return name;
    }

    /** What ldd(1) names; none for a static program. */
    private static List<Path> libraries(Path program) throws IOException {
        Process process = new ProcessBuilder("ldd", program.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines()
                .map(line -> line.strip().replaceFirst(".*=> ", "").replaceFirst(" \\(.*", ""))
                .filter(path -> path.startsWith("/"))
                .map(Path::of)
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    /** Removes an image; containers of it must have gone. */
    public static void remove(String name) {
        Engine.client().removeImageCmd(name).withForce(true).exec();
    }
}
