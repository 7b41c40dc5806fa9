package org.cairndns.plugin.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.cairndns.corefile.Cidr;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Suggestions;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.Zones;

/** Reader of <code>acl [ZONES...] { ACTION [type QTYPE...] [net SOURCE...] }</code>. */
final class AclReader {
    private static final String TYPE = "type";
    private static final String NET = "net";
    private static final String ALL = "*";

    private final Problems problems;

    AclReader(Problems problems) {
        this.problems = problems;
    }

    AclRule read(Directive directive, ServerBlock block) {
        Zones zones = Zones.of(ZoneNames.parseZoneArguments(directive.args(), block, problems));
        List<AclPolicy> policies = new ArrayList<>();
        for (Directive line : directive.properties()) {
            String word = line.name().text().toLowerCase(Locale.ROOT);
            int action = Action.WORDS.indexOf(word);
            if (action < 0) {
                problems.add(
                        line.position(),
                        "unknown action '" + line.name().text() + "' of 'acl', expected one of "
                                + String.join(", ", Action.WORDS) + Suggestions.hint(word, Action.WORDS));
            } else {
                policies.add(policy(Action.values()[action], line));
            }
        }
        return new AclRule(zones, List.copyOf(policies));
    }

    private AclPolicy policy(Action action, Directive line) {
        Section types = new Section();
        Section networks = new Section();
        List<Token> args = line.args();
        for (int i = 0; i < args.size(); ) {
            Token head = args.get(i);
            String section = head.text().toLowerCase(Locale.ROOT);
            if (!isSection(section)) {
                bad(head, "'type' or 'net'");
                break;
            }
            int end = i + 1;
            while (end < args.size() && !isSection(args.get(end).text().toLowerCase(Locale.ROOT))) {
                end++;
            }
            if (end == i + 1) {
                problems.add(head.position(), "missing value for '" + section + "' of 'acl', got none");
            }
            (section.equals(TYPE) ? types : networks).add(args.subList(i + 1, end));
            i = end;
        }
        List<Integer> qtypes = new ArrayList<>();
        List<Cidr> clients = new ArrayList<>();
        types.values().forEach(token -> type(token, qtypes));
        networks.values().forEach(token -> network(token).ifPresent(clients::add));
        return new AclPolicy(action, types.all() ? List.of() : qtypes, networks.all() ? List.of() : clients);
    }

    private static boolean isSection(String word) {
        return word.equals(TYPE) || word.equals(NET);
    }

    private void type(Token token, List<Integer> qtypes) {
        OptionalInt type = RecordType.parse(token.text());
        if (type.isPresent()) {
            qtypes.add(type.getAsInt());
        } else {
            bad(token, "an upper-case record type such as AAAA, or '*'");
        }
    }

    private Optional<Cidr> network(Token token) {
        String text = token.text();
        boolean host = text.indexOf('/') < 0;
        Optional<Cidr> network = Cidr.parse(host ? text + (text.indexOf(':') < 0 ? "/32" : "/128") : text);
        if (network.isEmpty()) {
            bad(token, "an IP address, a network such as 10.0.0.0/8, or '*'");
        }
        return network;
    }

    private void bad(Token token, String expected) {
        problems.add(token.position(), "bad value for 'acl', expected " + expected + ", got '" + token.text() + "'");
    }

    /** Values of {@code type} or {@code net} of one line; the asterisk among them, or none at all, means every one. */
    private static final class Section {
        private final List<Token> values = new ArrayList<>();
        private boolean asterisk;
        private boolean given;

        void add(List<Token> tokens) {
            given = true;
            for (Token token : tokens) {
                if (token.text().equals(ALL)) {
                    asterisk = true;
                } else {
                    values.add(token);
                }
            }
        }

        List<Token> values() {
            return values;
        }

        boolean all() {
            return asterisk || !given;
        }
    }
}
