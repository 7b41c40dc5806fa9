package org.cairndns.plugin.template.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format texts of {@code printf}.
 *
 * <p>An argument that does not fit its verb is a failure, where Go writes a remark into the text.
 *
 * @param flags some of {@code - + # 0} and blank
 * @param width least characters, 0 for no matter
 * @param precision digits or most characters, -1 for the verb's standard
 * @param verb the letter; 0 for plain text
 * @param text plain text
 */
record GoFormat(String flags, int width, int precision, char verb, String text) {
    private static final Pattern DIRECTIVE =
            Pattern.compile("%([-+# 0]*)([0-9]{0,3})(?:\\.([0-9]{0,3}))?(.)", Pattern.DOTALL);
    private static final String VERBS = "vsdqxXobctf";
    private static final int STANDARD_DECIMALS = 6;

    /** The parts of a format text. */
    static List<GoFormat> parse(String format) {
        List<GoFormat> parts = new ArrayList<>();
        Matcher matcher = DIRECTIVE.matcher(format);
        int at = 0;
        while (true) {
            int next = format.indexOf('%', at);
            parts.add(plain(format.substring(at, next < 0 ? format.length() : next)));
            if (next < 0) {
                return parts;
            }
            if (!matcher.find(next) || matcher.start() != next) {
                throw new TemplateFailureException("expected a verb behind '%' in \"" + format + "\"");
            }
            parts.add(part(matcher, format));
            at = matcher.end();
        }
    }

    private static GoFormat plain(String text) {
        return new GoFormat("", 0, -1, (char) 0, text);
    }

    private static GoFormat part(Matcher matcher, String format) {
        char verb = matcher.group(4).charAt(0);
        if (verb == '%') {
            return plain("%");
        }
        if (VERBS.indexOf(verb) < 0) {
            throw new TemplateFailureException("'" + matcher.group() + "' in \"" + format
                    + "\" is not supported, expected one of the verbs " + VERBS);
        }
        String width = matcher.group(2);
        String precision = matcher.group(3);
        return new GoFormat(
                matcher.group(1),
                width.isEmpty() ? 0 : Integer.parseInt(width),
                precision == null ? -1 : precision.isEmpty() ? 0 : Integer.parseInt(precision),
                verb,
                "");
    }

    /** The text with the arguments in it. */
    static String format(String format, List<Object> args) {
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (GoFormat part : parse(format)) {
            if (part.verb == 0) {
                out.append(part.text);
            } else if (used == args.size()) {
                throw new TemplateFailureException("printf has " + used + " arguments, too few for \"" + format + "\"");
            } else {
                out.append(part.apply(args.get(used++)));
            }
        }
        if (used < args.size()) {
            throw new TemplateFailureException(
                    "printf has " + args.size() + " arguments, too many for \"" + format + "\"");
        }
        return out.toString();
    }

    private String apply(Object value) {
        return switch (verb) {
            case 'd' -> padNumber(number(value, 10));
            case 'x' -> value instanceof String text ? pad(hex(text)) : padNumber(number(value, 16));
            case 'X' ->
                (value instanceof String text ? pad(hex(text)) : padNumber(number(value, 16))).toUpperCase(Locale.ROOT);
            case 'o' -> padNumber(number(value, 8));
            case 'b' -> padNumber(number(value, 2));
            case 'c' -> pad(character(value));
            case 'f' -> padNumber(decimals(value));
            case 't' -> pad(String.valueOf(typed(value, Boolean.class)));
            case 'q' ->
                pad('"' + cut(typed(value, String.class)).replace("\\", "\\\\").replace("\"", "\\\"") + '"');
            case 's' -> pad(cut(typed(value, String.class)));
            default -> value instanceof Long ? padNumber(number(value, 10)) : pad(Values.text(value));
        };
    }

    private <T> T typed(Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new TemplateFailureException("printf cannot write a " + Values.type(value) + " by %" + verb);
        }
        return type.cast(value);
    }

    private String number(Object value, int radix) {
        long number = typed(value, Long.class);
        String digits = Long.toString(Math.abs(number), radix);
        digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
        if (flags.contains("#")) {
            digits = (radix == 16 ? "0x" : radix == 8 ? "0" : radix == 2 ? "0b" : "") + digits;
        }
        return sign(number < 0) + digits;
    }

    private String decimals(Object value) {
        double number = typed(value, Double.class);
        int decimals = precision < 0 ? STANDARD_DECIMALS : precision;
        return sign(number < 0)
                + new BigDecimal(Math.abs(number))
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private String sign(boolean negative) {
        return negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    }

    private String character(Object value) {
        long code = typed(value, Long.class);
        return Character.toString(Character.isValidCodePoint((int) code) && code == (int) code ? (int) code : 0xfffd);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private String cut(String whole) {
        return precision < 0 || precision >= whole.codePointCount(0, whole.length())
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, precision));
    }

    private String padNumber(String number) {
        if (!flags.contains("0") || flags.contains("-") || precision >= 0 && verb != 'f') {
            return pad(number);
        }
        int digits = !number.isEmpty() && "+- ".indexOf(number.charAt(0)) >= 0 ? 1 : 0;
        return number.substring(0, digits)
                + "0".repeat(Math.max(0, width - number.length()))
                + number.substring(digits);
    }

    private String pad(String shown) {
        String blanks = " ".repeat(Math.max(0, width - shown.codePointCount(0, shown.length())));
        return flags.contains("-") ? shown + blanks : blanks + shown;
    }
}
