package org.cairndns.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One response in the line form of the specification's probe.
 *
 * <p>{@code NAME TYPE  RCODE, flags A: [record] ... NS: TYPE ... X: [record] ...}; the order of records does not count, nor
 * does the serial of a SOA record.
 *
 * @param question name and type as asked
 * @param outcome RCODE and flags
 * @param answers the answer section, sorted
 * @param authorities types of the authority section
 * @param additionals the additional section without TTLs, sorted
 */
record ProbeLine(
        String question, String outcome, List<String> answers, List<String> authorities, List<String> additionals) {
    private static final Pattern LINE =
            Pattern.compile("(\\S+ \\S+) +(?:(\\w+), +([a-z ]+?) *)?A:(.*?)(?: NS:(.*?))?(?: X:(.*))?");
    private static final Pattern RECORD = Pattern.compile("\\[([^]]*)]");

    /** Reads a line as the probe printed it. */
    static ProbeLine parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of the probe: " + line);
        }
        String outcome = matcher.group(2) == null ? "no response" : matcher.group(2) + " " + matcher.group(3);
        String authorities = matcher.group(5) == null ? "" : matcher.group(5).strip();
        return new ProbeLine(
                matcher.group(1),
                outcome,
                records(matcher.group(4)),
                authorities.isEmpty() ? List.of() : List.of(authorities.split(" +")),
                matcher.group(6) == null ? List.of() : records(matcher.group(6)));
    }

    /** The line of a response. */
    static ProbeLine of(String question, Message response) {
        StringBuilder outcome = new StringBuilder(Rcode.string(response.getRcode()));
        for (int flag : new int[] {Flags.QR, Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD}) {
            if (response.getHeader().getFlag(flag)) {
                outcome.append(' ').append(Flags.string(flag));
            }
        }
        List<String> answers = new ArrayList<>();
        for (Record record : response.getSection(Section.ANSWER)) {
            answers.add(text(record, record.getTTL() + " "));
        }
        List<String> additionals = new ArrayList<>();
        for (Record record : response.getSection(Section.ADDITIONAL)) {
            additionals.add(text(record, ""));
        }
        List<String> authorities = response.getSection(Section.AUTHORITY).stream()
                .map(record -> Type.string(record.getType()))
                .toList();
        return new ProbeLine(question, outcome.toString(), sorted(answers), authorities, sorted(additionals));
    }

    private static String text(Record record, String ttl) {
        return normal(record.getName() + " " + ttl + Type.string(record.getType()) + " " + record.rdataToString());
    }

    private static List<String> records(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = RECORD.matcher(text);
        while (matcher.find()) {
            found.add(normal(matcher.group(1)));
        }
        return sorted(found);
    }

    private static List<String> sorted(List<String> records) {
        return List.copyOf(new TreeSet<>(records));
    }

    /** Addresses in one spelling, no serial. */
    private static String normal(String record) {
        String[] words = record.strip().split("\\s+");
        int last = words.length - 1;
        if (words[last - 1].equals("AAAA")) {
            words[last] = java.net.InetAddress.ofLiteral(words[last]).getHostAddress();
        }
        String text = String.join(" ", words).replace("\"", "");
        return text.contains(" SOA ") ? text.replaceFirst("(SOA \\S+ \\S+) \\d+", "$1 SERIAL") : text;
    }

    /** Name of the question. */
    String qname() {
        return question.substring(0, question.indexOf(' '));
    }

    /** Type of the question. */
    String qtype() {
        return question.substring(question.indexOf(' ') + 1).toUpperCase(Locale.ROOT);
    }
}
