package org.cairndns.corefile;

/**
 * What became of a directive or a property that some version of CoreDNS had, or is to have.
 *
 * @param directive its name, or the scheme of a key such as {@code quic://}
 * @param option a property, or a form in words with a capital letter; empty for the directive as a whole
 * @param severity one of the five of CoreDNS's migration tool
 * @param since version of CoreDNS, such as {@code 1.7.0}; empty for {@link Severity#UNSUPPORTED}
 * @param remedy what to write or do instead; one line without a final full stop
 */
public record Change(String directive, String option, Severity severity, String since, String remedy) {

    /** A directive of CoreDNS that Cairn does not have. */
    public static Change unsupported(String directive, String remedy) {
        return new Change(directive, "", Severity.UNSUPPORTED, "", remedy);
    }

    /** What to say of a place in a Corefile that it concerns. */
    String message() {
        String subject = subject();
        return switch (severity) {
            case REMOVED -> subject + " was removed from CoreDNS in " + since;
            case IGNORED -> subject + " is ignored by CoreDNS since " + since;
            case DEPRECATED -> subject + " is deprecated in CoreDNS since " + since;
            case NEWDEFAULT -> subject + " is missing, it is in the default Corefile since CoreDNS " + since;
            case UNSUPPORTED, ERROR, MISSING, WAITING, WARNING ->
                subject + " of CoreDNS is not in this version of Cairn";
        };
    }

    private String subject() {
        if (option.isEmpty() && directive.endsWith("://")) {
            return "scheme '" + directive + "'";
        }
        if (option.isEmpty()) {
            return "directive '" + directive + "'";
        }
        boolean isWord = option.chars().noneMatch(character -> Character.isUpperCase(character));
        return (isWord ? "'" + option + "'" : option) + " of '" + directive + "'";
    }
}
