package org.cairndns.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.rules.Project;

/** A folder that looks like the top folder of the repository to commands of pages. */
final class TopFolder {
    private TopFolder() {}

    /**
     * Fills a folder with links to parts of the repository, and with {@code ./cairn}, which is the server that is tested.
     *
     * @param parts names of folders, such as {@code deploy}
     */
    static void fill(Path folder, String... parts) throws IOException {
        for (String part : parts) {
            Files.createSymbolicLink(folder.resolve(part), Project.root().resolve(part));
        }
        program(
                folder.resolve("cairn"),
                "exec " + ServerProcess.java() + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dcairn.home=" + folder
                        + " -cp '" + ServerProcess.classPath() + "' org.cairndns.server.Main \"$@\"");
    }

    /** Makes a program of a line of shell. */
    static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Removes the links, so that whoever removes the folder does not follow them. */
    static void unlink(Path folder) throws IOException {
        List<Path> links;
        try (Stream<Path> all = Files.walk(folder)) {
            links = all.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
    }
}
