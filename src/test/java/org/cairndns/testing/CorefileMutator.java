package org.cairndns.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Maker of Corefiles with small faults out of right ones: the same seed makes the same fault. */
public final class CorefileMutator {
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "30",
            "3600",
            "99999999999",
            "1.5",
            "5s",
            "1h",
            "0s",
            "-5s",
            "5",
            "10%",
            "\"\"",
            "\"a b\"",
            "{",
            "}",
            "{}",
            "#",
            ",",
            ".",
            "..",
            "a..b",
            "x".repeat(64) + ".org",
            "example.org",
            "*.example.org",
            "10.0.0.0/8",
            "10.0.0.0/33",
            "10.0.0.256",
            "127.0.0.1:0",
            ":0",
            ":x",
            "127.0.0.1:99999",
            "::1",
            "2001:db8::/32",
            "tls://127.0.0.1",
            "htps://.",
            "success",
            "denial",
            "insecure",
            "force_tcp",
            "stdout",
            "(",
            "(x)",
            "{$NOTHING}",
            "{%NOTHING%}",
            "import",
            "fallthrough",
            "upstream",
            "transfer",
            "proxy",
            "route53",
            "cluster.local",
            "in-addr.arpa",
            "forward",
            "cache",
            "kubernetes",
            "errors",
            "whoami",
            "view",
            "äöü",
            "\"");

    private CorefileMutator() {}

    /** The text with one or two faults. */
    public static String mutate(String text, RandomGenerator random) {
        String mutant = text;
        int faults = 1 + random.nextInt(2);
        for (int i = 0; i < faults; i++) {
            mutant = once(mutant, random);
        }
        return mutant;
    }

    private static String once(String text, RandomGenerator random) {
        List<MatchResult> words = WORD.matcher(text).results().toList();
        if (words.size() < 2) {
            return text + VALUES.get(random.nextInt(VALUES.size()));
        }
        int at = random.nextInt(words.size() - 1);
        MatchResult word = words.get(at);
        return switch (random.nextInt(10)) {
            case 0 -> replace(text, word, "");
            case 1 -> replace(text, word, word.group() + " " + word.group());
            case 2 -> swap(text, word, words.get(at + 1));
            case 3 -> replace(text, word, misspelt(word.group(), random));
            case 4, 5 -> replace(text, word, VALUES.get(random.nextInt(VALUES.size())));
            case 6 -> moveBrace(text, words, random);
            case 7 -> flip(text, random);
            case 8 -> lines(text, random);
            default -> replace(text, word, word.group() + (random.nextBoolean() ? "\n" : " "));
        };
    }

    private static String replace(String text, MatchResult word, String by) {
        return text.substring(0, word.start()) + by + text.substring(word.end());
    }

    private static String swap(String text, MatchResult one, MatchResult next) {
        return text.substring(0, one.start())
                + next.group()
                + text.substring(one.end(), next.start())
                + one.group()
                + text.substring(next.end());
    }

    private static String misspelt(String word, RandomGenerator random) {
        int at = random.nextInt(word.length());
        char other = (char) ('!' + random.nextInt(90));
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + other + word.substring(at);
            default -> word.substring(0, at) + other + word.substring(at + 1);
        };
    }

    private static String moveBrace(String text, List<MatchResult> words, RandomGenerator random) {
        List<MatchResult> braces = words.stream()
                .filter(word -> word.group().equals("{") || word.group().equals("}"))
                .toList();
        if (braces.isEmpty()) {
            return text + "}\n";
        }
        MatchResult brace = braces.get(random.nextInt(braces.size()));
        MatchResult target = words.get(random.nextInt(words.size()));
        String moved = brace.group() + (random.nextBoolean() ? "\n" : " ");
        return target.start() < brace.start()
                ? text.substring(0, target.start())
                        + moved
                        + text.substring(target.start(), brace.start())
                        + text.substring(brace.end())
                : replace(text.substring(0, target.start()) + moved + text.substring(target.start()), brace, "");
    }

    private static String flip(String text, RandomGenerator random) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static String lines(String text, RandomGenerator random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), lines.get(at));
            default -> lines.add(random.nextInt(lines.size()), lines.remove(at));
        }
        return String.join("\n", lines) + "\n";
    }
}
