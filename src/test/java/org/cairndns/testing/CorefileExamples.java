package org.cairndns.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Corefiles of a folder: whole files, and blocks of Markdown pages.
 *
 * <p>A block counts if its fence says {@code corefile}, or if it has no kind, or is indented, and looks like one. Lines of
 * the description of a syntax, with words in capitals, brackets or dots, do not.
 */
public final class CorefileExamples {
    private static final Pattern FENCE = Pattern.compile("\\s*(```+|~~~+)\\s*(\\S*).*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\.\\.\\.|\\[[A-Za-z]|(^|\\s)<|\\|");
    private static final Set<String> CAPITALS = Set.of(
            "IN",
            "CH",
            "ANY",
            "A",
            "AAAA",
            "MX",
            "TXT",
            "SRV",
            "PTR",
            "SOA",
            "NS",
            "HINFO",
            "NXDOMAIN",
            "SERVFAIL",
            "REFUSED",
            "NOERROR",
            "GET",
            "POST",
            "AXFR",
            "IXFR",
            "UDP",
            "TCP",
            "HTTPS",
            "CNAME");

    /**
     * One Corefile.
     *
     * @param origin file, and line within a page
     */
    public record Example(String origin, String text) {}

    private final Set<String> directives;
    private final List<Example> found = new ArrayList<>();

    private CorefileExamples(Set<String> directives) {
        this.directives = directives;
    }

    /**
     * All Corefiles in a folder and below, in order of their paths.
     *
     * @param directives names that tell a line of a server block from the key of one
     */
    public static List<Example> in(Path folder, Set<String> directives) throws IOException {
        CorefileExamples examples = new CorefileExamples(directives);
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(examples::file);
        }
        return examples.found;
    }

    private void file(Path file) {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(".md")) {
                page(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
            } else if (name.startsWith("Corefile") || name.endsWith(".corefile")) {
                found.add(new Example(file.toString(), Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private void page(String file, List<String> lines) {
        int i = 0;
        while (i < lines.size()) {
            var fence = FENCE.matcher(lines.get(i));
            boolean fenced = fence.matches();
            boolean indented = !fenced && isCode(lines, i);
            int start = i++;
            if (fenced) {
                String mark = fence.group(1);
                while (i < lines.size() && !lines.get(i).strip().startsWith(mark)) {
                    i++;
                }
                block(file + ":" + (start + 1), fence.group(2), lines.subList(start + 1, i));
                i++;
            } else if (indented) {
                while (i < lines.size() && (lines.get(i).isBlank() || isIndented(lines.get(i)))) {
                    i++;
                }
                block(file + ":" + (start + 1), "", lines.subList(start, i));
            }
        }
    }

    private static boolean isCode(List<String> lines, int i) {
        return isIndented(lines.get(i)) && (i == 0 || lines.get(i - 1).isBlank());
    }

    private static boolean isIndented(String line) {
        return line.startsWith("    ") || line.startsWith("\t");
    }

    private void block(String origin, String kind, List<String> lines) {
        String text = String.join("\n", lines).stripIndent() + "\n";
        boolean declared = kind.equalsIgnoreCase("corefile");
        if (declared || kind.isEmpty() && looksRight(text)) {
            found.add(new Example(origin, startsWithDirective(text) ? ". {\n" + text + "}\n" : text));
        }
    }

    private boolean looksRight(String text) {
        boolean first = true;
        for (String line :
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            String code = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (PLACEHOLDER.matcher(code.replaceAll("\"[^\"]*\"", "x")).find() || hasPlaceholder(code)) {
                return false;
            }
            if (first && !code.isEmpty()) {
                String word = code.split("\\s+")[0];
                boolean key = code.endsWith("{") && (word.contains(".") || word.startsWith("("));
                if (!key && !directives.contains(word) && !word.equals("import")) {
                    return false;
                }
                first = false;
            }
        }
        return !first;
    }

    private static boolean hasPlaceholder(String code) {
        return Stream.of(code.split("[^A-Za-z_]+"))
                .anyMatch(word -> word.length() > 1 && word.matches("[A-Z_]+") && !CAPITALS.contains(word));
    }

    private boolean startsWithDirective(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .map(line -> line.split("\\s+")[0])
                .filter(directives::contains)
                .isPresent();
    }
}
