package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.rules.Project;

/** A page such as {@code docs/install.md}: the commands and the YAML of its sections. */
final class InstallPage {
    /** Commands by section, sections in sections as {@code Above/Below}; one command a line. */
    private final Map<String, List<String>> commands = new LinkedHashMap<>();

    private final Map<String, List<String>> yaml = new LinkedHashMap<>();

    private InstallPage() {}

    static InstallPage read() throws IOException {
        return read("docs/install.md");
    }

    /**
     * Reads a page.
     *
     * @param file its path below the top folder
     */
    static InstallPage read(String file) throws IOException {
        InstallPage page = new InstallPage();
        String above = "";
        String section = "";
        String language = "";
        StringBuilder block = new StringBuilder();
        for (String line : Files.readAllLines(Project.root().resolve(file))) {
            if (line.startsWith("```")) {
                if (language.equals("sh")) {
                    page.commands
                            .computeIfAbsent(section, any -> new ArrayList<>())
                            .addAll(block.toString().lines().toList());
                } else if (language.equals("yaml")) {
                    page.yaml.computeIfAbsent(section, any -> new ArrayList<>()).add(block.toString());
                }
                language = language.isEmpty() ? line.substring(3) : "";
                block.setLength(0);
            } else if (!language.isEmpty()) {
                block.append(line).append('\n');
            } else if (line.startsWith("## ")) {
                above = line.substring(3);
                section = above;
            } else if (line.startsWith("### ")) {
                section = above + "/" + line.substring(4);
            }
        }
        return page;
    }

    /** Titles of the sections that have commands. */
    List<String> sections() {
        return List.copyOf(commands.keySet());
    }

    /** The commands of a section. */
    List<String> commands(String section) {
        assertThat(commands).containsKey(section);
        return commands.get(section);
    }

    /** The blocks of YAML of a section. */
    List<String> yaml(String section) {
        assertThat(yaml).containsKey(section);
        return yaml.get(section);
    }
}
