package org.cairndns.plugin.loadbalance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the text of a weight file: a line with a name, then lines {@code ADDRESS WEIGHT}, and so on; a line that
 * starts with {@code #} is a comment. One object reads one text.
 */
final class WeightLines {
    private final Path file;
    private final Map<DomainName, Map<IpAddress, Integer>> byName = new HashMap<>();
    private @Nullable Map<IpAddress, Integer> current;
    private int lineNumber;

    private WeightLines(Path file) {
        this.file = file;
    }

    /**
     * The weights of a text.
     *
     * @param file named in faults
     */
    static WeightTable parse(Path file, String text) throws BadWeightFileException {
        WeightLines lines = new WeightLines(file);
        for (String line : text.lines().toList()) {
            lines.add(line);
        }
        return new WeightTable(lines.byName);
    }

    private void add(String line) throws BadWeightFileException {
        lineNumber++;
        List<String> words = words(line);
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return;
        }
        switch (words.size()) {
            case 1 -> current = byName.computeIfAbsent(name(words.getFirst()), key -> new HashMap<>());
            case 2 -> addWeight(words.getFirst(), words.getLast());
            default -> throw bad("a name, or an address and a weight", line.strip());
        }
    }

    private static List<String> words(String line) {
        StringTokenizer tokens = new StringTokenizer(line);
        List<String> words = new ArrayList<>();
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    private DomainName name(String word) throws BadWeightFileException {
        if (IpAddress.parse(word).isPresent()) {
            throw bad("a weight behind the address", word);
        }
        try {
            return DomainName.of(word);
        } catch (IllegalArgumentException e) {
            throw bad("a domain name", word);
        }
    }

    private void addWeight(String address, String weight) throws BadWeightFileException {
        Optional<IpAddress> ip = IpAddress.parse(address);
        if (ip.isEmpty()) {
            throw bad("an IP address", address);
        }
        int number = weight(weight);
        if (current == null) {
            throw bad("a line with a domain name in front of the first address", address + " " + weight);
        }
        // Of two weights of an address the first holds, as in CoreDNS.
        current.putIfAbsent(ip.get(), number);
    }

    private int weight(String word) throws BadWeightFileException {
        int number = 0;
        for (int i = 0; i < word.length(); i++) {
            int digit = word.charAt(i) - '0';
            number = digit < 0 || digit > 9 ? WeightTable.MAX_WEIGHT + 1 : number * 10 + digit;
            if (number > WeightTable.MAX_WEIGHT) {
                break;
            }
        }
        if (number < 1 || number > WeightTable.MAX_WEIGHT) {
            throw bad("a weight from 1 to " + WeightTable.MAX_WEIGHT, word);
        }
        return number;
    }

    private BadWeightFileException bad(String expected, String got) {
        return new BadWeightFileException(file + ":" + lineNumber + ": expected " + expected + ", got '" + got + "'");
    }
}
