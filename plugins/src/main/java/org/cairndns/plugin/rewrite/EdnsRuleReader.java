package org.cairndns.plugin.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.Metadata;

/** Reader of <code>edns0 local|nsid|subnet set|append|replace|unset ... [revert]</code>. */
final class EdnsRuleReader {
    private static final int NSID = 3;
    private static final int SUBNET = 8;
    private static final int MAX_CODE = 0xffff;
    private static final String REVERT = "revert";

    private EdnsRuleReader() {}

    static Rule read(RuleWords words, Metadata metadata) throws CorefileException {
        String kind = words.choice(List.of("local", "nsid", "subnet"));
        EdnsRule.Action action = EdnsRule.Action.valueOf(
                words.choice(List.of("set", "append", "replace", "unset")).toUpperCase(Locale.ROOT));
        int code = switch (kind) {
            case "local" -> number(words, MAX_CODE, "an option code");
            case "nsid" -> NSID;
            default -> SUBNET;
        };
        if (action == EdnsRule.Action.UNSET) {
            return new EdnsRule(action, code, query -> new byte[0], false);
        }
        EdnsValue value = switch (kind) {
            case "local" -> local(words, metadata);
            case "nsid" -> query -> new byte[0];
            default ->
                EdnsValue.subnet(
                        number(words, 32, "an IPv4 prefix length"), number(words, 128, "an IPv6 prefix length"));
        };
        boolean revert = words.left() > 0;
        if (revert) {
            words.choice(List.of(REVERT));
        }
        return new EdnsRule(action, code, value, revert);
    }

    private static EdnsValue local(RuleWords words, Metadata metadata) throws CorefileException {
        String text = words.next("the option's data");
        if (text.startsWith("{") && text.endsWith("}")) {
            return variable(text, words, metadata);
        }
        byte[] octets = octets(text, words);
        return query -> octets;
    }

    private static EdnsValue variable(String text, RuleWords words, Metadata metadata) throws CorefileException {
        EdnsValue variable = EdnsValue.VARIABLES.get(text);
        if (variable != null) {
            return variable;
        }
        String label = text.substring(1, text.length() - 1);
        if (!Metadata.isLabel(label)) {
            throw words.bad("text, 0x with hexadecimal digits, a label of metadata such as {view/name} or one of "
                    + String.join(", ", new TreeSet<>(EdnsValue.VARIABLES.keySet())));
        }
        return new EdnsValue.OfMetadata(metadata.value(label, words.position()));
    }

    private static byte[] octets(String text, RuleWords words) throws CorefileException {
        if (!text.startsWith("0x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(text.substring(2));
        } catch (IllegalArgumentException e) {
            throw words.bad("an even number of hexadecimal digits behind 0x");
        }
    }

    /** A number in decimal, or with 0x, 0o or 0, 0b in front, as Go reads one. */
    private static int number(RuleWords words, int max, String what) throws CorefileException {
        String expected = what + " from 0 to " + max;
        String text = words.next(expected).toLowerCase(Locale.ROOT);
        int radix = text.startsWith("0x") ? 16 : text.startsWith("0b") ? 2 : text.startsWith("0") ? 8 : 10;
        String digits =
                radix == 10 || text.equals("0") ? text : text.substring(radix == 8 && !text.startsWith("0o") ? 1 : 2);
        try {
            int number = digits.startsWith("+") ? -1 : Integer.parseInt(digits, radix);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw words.bad(expected);
        }
        throw words.bad(expected);
    }
}
