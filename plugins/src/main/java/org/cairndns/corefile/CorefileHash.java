package org.cairndns.corefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-512 that stands for a configuration in logs and metrics, equal to the one CoreDNS shows.
 *
 * <p>Shape: SHA-512 over a JSON array with one object per server block,
 * <code>{"Keys":[..],"Tokens":{"directive":[{"File":"","Line":1,"Text":".."}]}}</code>, where the directives are sorted,
 * repeated ones joined, and {@code File} is empty for the main file. A comment or blank line that moves a directive
 * therefore changes the value; a trailing comment does not.
 */
public final class CorefileHash {
    private CorefileHash() {}

    /** The hash in lower-case hexadecimal of the blocks that {@code source} was parsed to. */
    public static String sha512(CorefileSource source, List<ServerBlock> blocks) {
        try {
            byte[] json = json(source.file(), blocks).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-512 belongs to every Java runtime", e);
        }
    }

    static String json(String mainFile, List<ServerBlock> blocks) {
        if (blocks.isEmpty()) {
            return "null";
        }
        List<String> objects = new ArrayList<>();
        for (ServerBlock block : blocks) {
            List<String> keys =
                    block.keys().stream().map(key -> quote(key.text())).toList();
            objects.add("{\"Keys\":[" + String.join(",", keys) + "],\"Tokens\":" + directives(mainFile, block) + "}");
        }
        return "[" + String.join(",", objects) + "]";
    }

    private static String directives(String mainFile, ServerBlock block) {
        Map<String, List<String>> tokens = new TreeMap<>();
        for (Directive directive : block.directives()) {
            List<String> joined = tokens.computeIfAbsent(directive.name().text(), name -> new ArrayList<>());
            directive.tokens().forEach(token -> joined.add(token(mainFile, token)));
        }
        List<String> members = new ArrayList<>();
        tokens.forEach((name, list) -> members.add(quote(name) + ":[" + String.join(",", list) + "]"));
        return "{" + String.join(",", members) + "}";
    }

    private static String token(String mainFile, Token token) {
        String file = token.position().file();
        return "{\"File\":" + quote(file.equals(mainFile) ? "" : file) + ",\"Line\":"
                + token.position().line() + ",\"Text\":" + quote(token.text()) + "}";
    }

    /** A JSON string in the spelling of Go's encoder, which also escapes what HTML would interpret. */
    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> appendEscape(json, character);
                default -> {
                    if (character < ' ') {
                        appendEscape(json, character);
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    private static void appendEscape(StringBuilder json, char character) {
        json.append("\\u").append(HexFormat.of().toHexDigits(character));
    }
}
