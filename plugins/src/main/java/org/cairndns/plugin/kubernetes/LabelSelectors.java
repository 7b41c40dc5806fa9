package org.cairndns.plugin.kubernetes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grammar of label selectors: requirements such as {@code app=web}, {@code tier!=test}, {@code zone in (a, b)}, {@code
 * app}, {@code !app}, joined by commas.
 *
 * <p>Checked when the Corefile is read, for the API would refuse a bad one with each request.
 */
final class LabelSelectors {
    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
    private static final String PREFIX = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/";
    private static final String KEY = "(?:" + PREFIX + ")?" + NAME;
    private static final Pattern VALUE = Pattern.compile("\\s*(?:" + NAME + ")?\\s*");
    private static final Pattern ONE =
            Pattern.compile("\\s*(?:!\\s*" + KEY + "|" + KEY + "(?:\\s*(?:==?|!=)\\s*(?:" + NAME + ")?)?)\\s*");
    private static final Pattern SET = Pattern.compile("\\s*" + KEY + "\\s+(?:in|notin)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern COMMA_OUTSIDE_SETS = Pattern.compile(",(?![^(]*\\))");

    private LabelSelectors() {}

    static boolean isValid(String selector) {
        for (String requirement : COMMA_OUTSIDE_SETS.split(selector, -1)) {
            if (!isRequirement(requirement)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRequirement(String text) {
        Matcher set = SET.matcher(text);
        if (!set.matches()) {
            return ONE.matcher(text).matches();
        }
        for (String value : set.group(1).split(",", -1)) {
            if (!VALUE.matcher(value).matches()) {
                return false;
            }
        }
        return true;
    }
}
