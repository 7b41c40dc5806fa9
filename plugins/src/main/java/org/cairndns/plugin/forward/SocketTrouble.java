package org.cairndns.plugin.forward;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a failed socket says of itself, in words. */
final class SocketTrouble {
    /** What Netty puts in front of the kernel's words: {@code recvAddress(..) failed with error(-111): }. */
    private static final Pattern CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    private SocketTrouble() {}

    /** The message of the innermost cause, or words of the name of one that has none: "port unreachable". */
    static String words(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message != null
                ? CALL.matcher(message).replaceFirst("")
                : words(root.getClass().getSimpleName());
    }

    private static String words(String className) {
        return className
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
