package org.cairndns.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of a page: of a block in the language {@code sh}, or behind {@code $} in one of {@code console}.
 *
 * @param page path of the page below the top folder
 * @param line where it begins, from 1
 * @param text all its lines, without a comment at the end
 * @param output what {@code console} shows below it; empty in {@code sh}
 */
record PageCommand(String page, int line, String text, String output) {
    private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*).*");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'?(\\w+)'?");
    private static final Pattern COMMENT = Pattern.compile("\\s+#\\s.*$");

    /** The commands of a page, in their order. */
    static List<PageCommand> of(Path root, Path page) throws IOException {
        String name = root.relativize(page).toString();
        List<PageCommand> commands = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        int i = 0;
        while (i < lines.size()) {
            Matcher fence = FENCE.matcher(lines.get(i++));
            if (!fence.matches()) {
                continue;
            }
            int begin = i;
            while (!lines.get(i).strip().startsWith("```")) {
                i++;
            }
            List<String> block = lines.subList(begin, i++);
            switch (fence.group(1)) {
                case "sh", "bash", "shell" -> commands.addAll(ofScript(name, begin + 1, block));
                case "console" -> commands.addAll(ofSession(name, begin + 1, block));
                default -> {
                    // Output, a file or a query.
                }
            }
        }
        return commands;
    }

    private static List<PageCommand> ofScript(String page, int first, List<String> block) {
        List<PageCommand> commands = new ArrayList<>();
        int number = first;
        Iterator<String> lines = block.iterator();
        while (lines.hasNext()) {
            int begin = number++;
            String line = lines.next().strip();
            StringBuilder text = new StringBuilder(withoutComment(line));
            Matcher here = HERE_DOCUMENT.matcher(line);
            String end = here.find() ? here.group(1) : "";
            while (lines.hasNext() && (line.endsWith("\\") || !end.isEmpty() && !line.equals(end))) {
                line = lines.next().strip();
                number++;
                text.append('\n').append(line);
            }
            if (!text.isEmpty()) {
                commands.add(new PageCommand(page, begin, text.toString(), ""));
            }
        }
        return commands;
    }

    private static List<PageCommand> ofSession(String page, int first, List<String> block) {
        List<PageCommand> commands = new ArrayList<>();
        int number = first;
        for (String line : block) {
            if (line.startsWith("$ ")) {
                commands.add(new PageCommand(page, number, withoutComment(line.substring(2)), ""));
            } else {
                PageCommand last = commands.removeLast();
                commands.add(new PageCommand(page, last.line, last.text, last.output + line + "\n"));
            }
            number++;
        }
        return commands;
    }

    private static String withoutComment(String line) {
        if (line.startsWith("#")) {
            return "";
        }
        Matcher comment = COMMENT.matcher(line);
        if (!comment.find()) {
            return line;
        }
        String before = line.substring(0, comment.start());
        boolean quoted = before.chars().filter(c -> c == '\'').count() % 2 == 1;
        return quoted ? line : before;
    }

    @Override
    public String toString() {
        return page + ":" + line + ": " + text;
    }
}
