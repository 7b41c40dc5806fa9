package org.cairndns.server;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Version of this build as start and {@code -version} show it. */
final class BuildInfo {
    private BuildInfo() {}

    static String version() {
        return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    static void print(PrintStream out) {
        lines().forEach(out::println);
    }

    static List<String> lines() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        return List.of("Cairn-" + version(), system + "/" + machine + ", java " + Runtime.version());
    }
}
