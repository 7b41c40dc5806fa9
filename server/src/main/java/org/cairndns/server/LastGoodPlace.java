package org.cairndns.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Choice of the file that keeps the last Corefile that was taken. */
final class LastGoodPlace {
    private static final String VARIABLE = "CAIRN_LASTGOOD";
    private static final String OFF = "off";
    private static final Path USUAL_FOLDER = Path.of("/var/lib/cairn");

    private LastGoodPlace() {}

    /**
     * What the command line and the environment say, of which {@code off} turns the default off; by default a file in {@code /var/lib/cairn}, where that is a folder to write
     * to, named by the path of the Corefile. Standard input has none, for nothing tells two of them apart.
     *
     * @param given value of {@code -lastgood}: a path or {@code off}
     * @param conf value of {@code -conf}
     */
    static StartPolicy.LastGoodChoice choose(
            Optional<String> given, Map<String, String> environment, Optional<String> conf) {
        Optional<String> named =
                given.or(() -> Optional.ofNullable(environment.get(VARIABLE))).filter(text -> !text.isBlank());
        if (named.equals(Optional.of(OFF)) || conf.equals(Optional.of("stdin"))) {
            return StartPolicy.LastGoodChoice.NONE;
        }
        if (given.isPresent()) {
            return new StartPolicy.LastGoodChoice(named.map(Path::of), Optional.empty());
        }
        Optional<Path> usual = named.map(Path::of).or(() -> inFolder(USUAL_FOLDER, conf.orElse("Corefile")));
        return new StartPolicy.LastGoodChoice(Optional.empty(), usual);
    }

    /** A file in the folder, such as {@code etc-coredns-Corefile.lastgood}; empty if there is no such folder to write to. */
    static Optional<Path> inFolder(Path folder, String conf) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return Optional.empty();
        }
        String name = Path.of(conf)
                .toAbsolutePath()
                .normalize()
                .toString()
                .substring(1)
                .replace('/', '-');
        return Optional.of(folder.resolve(name + ".lastgood"));
    }
}
