package org.cairndns.plugin.auto;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;
import org.cairndns.wire.DomainName;

/**
 * Rule that makes the name of a zone out of that of its file.
 *
 * <p>In the template <code>{1}</code> and <code>$1</code> stand for what the first group of the expression matched,
 * <code>{name}</code> and <code>$name</code> for a group with a name, <code>$$</code> for a dollar; a group that took no part
 * or is not there stands for nothing. Immutable, any thread.
 *
 * @param file searched for in the file's name; it may match a part of it
 */
record OriginTemplate(Pattern file, String template) {
    /** Files {@code db.ZONE}. */
    static final OriginTemplate STANDARD = new OriginTemplate(Pattern.compile("db\\.(.*)"), "{1}");

    /** Name of the zone in a file, in lower case; empty if the file is none of ours, or the name is no name. */
    Optional<DomainName> origin(String fileName) {
        Matcher match = file.matcher(fileName);
        if (!match.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DomainName.of(expand(match)).toLowerCase());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String expand(Matcher match) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            boolean braced = c == '{';
            int start = at + 1;
            int end = start;
            while ((braced || c == '$') && end < template.length() && isWord(template.charAt(end))) {
                end++;
            }
            boolean closed = !braced || end < template.length() && template.charAt(end) == '}';
            if (end > start && closed) {
                text.append(group(match, template.substring(start, end)));
                at = braced ? end + 1 : end;
            } else {
                text.append(c);
                at += template.startsWith("$$", at) ? 2 : 1;
            }
        }
        return text.toString();
    }

    private static boolean isWord(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private String group(Matcher match, String name) {
        Map<String, Integer> named = file.namedGroups();
        boolean number = name.length() < 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        int group = number ? Integer.parseInt(name) : named.getOrDefault(name, -1);
        String found = group >= 0 && group <= match.groupCount() ? match.group(group) : null;
        return found == null ? "" : found;
    }
}
