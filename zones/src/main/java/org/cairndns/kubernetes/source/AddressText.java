package org.cairndns.kubernetes.source;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text form of IP addresses in the Kubernetes API. */
final class AddressText {
    private AddressText() {}

    /** The address; empty when the text is none. Names are never looked up. */
    static Optional<InetAddress> parse(String text) {
        if (!hasShapeOfAddress(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The addresses among the texts, in their order. */
    static List<InetAddress> parseAll(List<String> texts) {
        List<InetAddress> addresses = new ArrayList<>(texts.size());
        for (String text : texts) {
            parse(text).ifPresent(addresses::add);
        }
        return addresses;
    }

    // The JDK also takes 10.1 for 10.0.0.1, brackets and zone identifiers, which the API does not.
    private static boolean hasShapeOfAddress(String text) {
        int dots = 0;
        boolean colon = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c == ':') {
                colon = true;
            } else if (Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return colon || dots == 3;
    }
}
