package org.cairndns.kubernetes.source;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * What plain words of a YAML manifest mean: as much of YAML 1.1, by which Kubernetes reads manifests, as fields for DNS need.
 *
 * <p>Numbers other than decimal integers stay text, since no such field takes them.
 */
final class ManifestScalars implements Schema, ScalarResolver {
    // Values below this have at most nine digits.
    private static final int MAX_DIGITS = 9;

    @Override
    public ScalarResolver getScalarResolver() {
        return this;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
    }

    @Override
    public Tag resolve(String value, Boolean implicit) {
        if (!implicit) {
            return Tag.STR;
        }
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> Tag.NULL;
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> Tag.BOOL;
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> Tag.BOOL;
            case "<<" -> Tag.MERGE;
            default -> isInteger(value) ? Tag.INT : Tag.STR;
        };
    }

    /** Which boolean a word of the tag {@link Tag#BOOL} is. */
    static boolean isTrue(String word) {
        return switch (word.charAt(0)) {
            case 't', 'T', 'y', 'Y' -> true;
            default -> word.equalsIgnoreCase("on");
        };
    }

    /** Whether the text is an integer in decimal digits as JSON has them. */
    static boolean isInteger(String value) {
        int start = value.startsWith("-") ? 1 : 0;
        int digits = value.length() - start;
        if (digits < 1 || digits > MAX_DIGITS || (value.charAt(start) == '0' && digits > 1)) {
            return false;
        }
        for (int i = start; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
