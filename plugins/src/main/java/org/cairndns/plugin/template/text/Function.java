package org.cairndns.plugin.template.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions by name: Go's own, but for those that escape for web pages, with {@code parseInt}. */
enum Function {
    AND(1, Integer.MAX_VALUE),
    OR(1, Integer.MAX_VALUE),
    NOT(1, 1),
    LEN(1, 1),
    INDEX(1, Integer.MAX_VALUE),
    SLICE(1, 3),
    PRINT(0, Integer.MAX_VALUE),
    PRINTF(1, Integer.MAX_VALUE),
    PRINTLN(0, Integer.MAX_VALUE),
    EQ(2, Integer.MAX_VALUE),
    NE(2, 2),
    LT(2, 2),
    LE(2, 2),
    GT(2, 2),
    GE(2, 2),
    PARSEINT(3, 3);

    private final int minArgs;
    private final int maxArgs;

    Function(int minArgs, int maxArgs) {
        this.minArgs = minArgs;
        this.maxArgs = maxArgs;
    }

    static @Nullable Function find(String word) {
        for (Function function : values()) {
            if (function.word().equals(word)) {
                return function;
            }
        }
        return null;
    }

    static String names() {
        return Arrays.stream(values()).map(Function::word).collect(Collectors.joining(", "));
    }

    private String word() {
        return this == PARSEINT ? "parseInt" : name().toLowerCase(Locale.ROOT);
    }

    int minArgs() {
        return minArgs;
    }

    int maxArgs() {
        return maxArgs;
    }

    String arity() {
        if (maxArgs == Integer.MAX_VALUE) {
            return "at least " + minArgs;
        }
        return minArgs == maxArgs ? String.valueOf(minArgs) : minArgs + " to " + maxArgs;
    }
}
