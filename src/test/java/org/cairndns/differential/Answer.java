package org.cairndns.differential;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A response in a form in which the order of records does not count.
 *
 * @param rcode mnemonic, with the upper bits of EDNS; or why there is no response
 * @param flags those that are set, and the opcode if it is another than QUERY
 * @param question as it came back
 */
record Answer(
        String rcode,
        Set<String> flags,
        String question,
        Optional<Edns> edns,
        List<ResourceRecord> answers,
        List<ResourceRecord> authorities,
        List<ResourceRecord> additionals) {
    static final Answer SILENCE =
            new Answer("no response", Set.of(), "", Optional.empty(), List.of(), List.of(), List.of());

    /** Reads a response. */
    static Answer parse(byte[] message) {
        try {
            Message response = new Message(message);
            Record question = response.getQuestion();
            return new Answer(
                    Rcode.string(response.getRcode()),
                    flags(response),
                    question == null ? "" : question.toString().replace('\t', ' '),
                    Optional.ofNullable(response.getOPT()).map(Edns::of),
                    records(response, Section.ANSWER),
                    records(response, Section.AUTHORITY),
                    records(response, Section.ADDITIONAL));
        } catch (IOException e) {
            return SILENCE.withRcode(
                    "unreadable: " + e.getMessage() + " " + HexFormat.of().formatHex(message));
        }
    }

    private static Set<String> flags(Message response) {
        Set<String> flags = new TreeSet<>();
        for (int flag : new int[] {Flags.QR, Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD}) {
            if (response.getHeader().getFlag(flag)) {
                flags.add(Flags.string(flag));
            }
        }
        if (response.getHeader().getOpcode() != Opcode.QUERY) {
            flags.add(Opcode.string(response.getHeader().getOpcode()));
        }
        return flags;
    }

    private static List<ResourceRecord> records(Message response, int section) {
        return response.getSection(section).stream()
                .filter(record -> record.getType() != Type.OPT)
                .map(ResourceRecord::of)
                .sorted()
                .toList();
    }

    boolean isTruncated() {
        return flags.contains("tc");
    }

    /** NOERROR without answers, with a SOA record. */
    boolean isNoData() {
        return rcode.equals("NOERROR") && answers.isEmpty() && !soaOwner().isEmpty();
    }

    /** Whether the answer section is empty, whatever the RCODE. */
    boolean isEmpty() {
        return answers.isEmpty();
    }

    /** NXDOMAIN with no answers. */
    boolean isNameError() {
        return rcode.equals("NXDOMAIN") && answers.isEmpty();
    }

    /** Owner of the SOA record in the authority section, or nothing. */
    String soaOwner() {
        return authorities.stream()
                .filter(record -> record.type().equals("SOA"))
                .map(ResourceRecord::owner)
                .findFirst()
                .orElse("");
    }

    Answer withRcode(String other) {
        return new Answer(other, flags, question, edns, answers, authorities, additionals);
    }

    Answer withEdns(Optional<Edns> other) {
        return new Answer(rcode, flags, question, other, answers, authorities, additionals);
    }

    Answer withQuestion(String other) {
        return new Answer(rcode, flags, other, edns, answers, authorities, additionals);
    }

    Answer withFlag(String flag) {
        Set<String> more = new TreeSet<>(flags);
        more.add(flag);
        return new Answer(rcode, more, question, edns, answers, authorities, additionals);
    }

    Answer withoutFlag(String flag) {
        Set<String> fewer = new TreeSet<>(flags);
        fewer.remove(flag);
        return new Answer(rcode, fewer, question, edns, answers, authorities, additionals);
    }

    Answer withAnswers(List<ResourceRecord> other) {
        return new Answer(rcode, flags, question, edns, other.stream().sorted().toList(), authorities, additionals);
    }

    Answer withAuthorities(List<ResourceRecord> other) {
        return new Answer(
                rcode, flags, question, edns, answers, other.stream().sorted().toList(), additionals);
    }

    Answer withAdditionals(List<ResourceRecord> other) {
        return new Answer(
                rcode,
                flags,
                question,
                edns,
                answers,
                authorities,
                other.stream().sorted().toList());
    }

    @Override
    public String toString() {
        return rcode + " " + flags + " " + question
                + edns.map(e -> "\n      " + e).orElse("") + section("AN", answers) + section("NS", authorities)
                + section("AR", additionals);
    }

    private static String section(String name, List<ResourceRecord> records) {
        StringBuilder text = new StringBuilder();
        records.stream()
                .limit(12)
                .forEach(record ->
                        text.append("\n      ").append(name).append(' ').append(record));
        return records.size() > 12 ? text + "\n      " + name + " ... " + records.size() + " records" : text.toString();
    }
}
