package org.cairndns.manifests;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The list of commands that no test of pages runs, each with a reason; a page as a whole is {@code page PATH}. */
final class NotRun {
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    private NotRun() {}

    /**
     * Reads the list.
     *
     * @param file reasons in brackets, below each of them its commands; a line that ends with a backslash goes on
     */
    static NotRun read(Path file) throws IOException {
        NotRun list = new NotRun();
        String reason = "";
        StringBuilder command = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("[")) {
                reason = line.substring(1, line.length() - 1);
            } else if (line.endsWith("\\")) {
                command.append(line).append('\n');
            } else if (!line.isBlank() && !line.startsWith("#")) {
                list.reasons.put(command + line, reason);
                command.setLength(0);
            }
        }
        return list;
    }

    /** Why a command is not run; empty if it is. */
    Optional<String> reason(PageCommand command) {
        for (String key : new String[] {command.text(), "page " + command.page()}) {
            if (reasons.containsKey(key)) {
                used.add(key);
                return Optional.of(reasons.get(key));
            }
        }
        return Optional.empty();
    }

    /** Entries that no page has any more, one a line. */
    String unused() {
        return reasons.keySet().stream().filter(key -> !used.contains(key)).collect(joining("\n"));
    }
}
