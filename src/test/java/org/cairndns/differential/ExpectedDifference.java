package org.cairndns.differential;

import java.util.function.Function;

/**
 * A difference from CoreDNS that is on purpose.
 *
 * @param name short and unique
 * @param page where it is told, below docs
 * @param words how it is told there: the first cell of a row, or words of a sentence
 * @param change makes of CoreDNS's answer the one that is expected of us; the same answer where the difference does not apply
 */
record ExpectedDifference(String name, String page, String words, Function<Case, Answer> change) {
    private static final String DIFFERENCES = "differences.md";

    /** One of a row in the page of differences. */
    ExpectedDifference(String name, String row, Function<Case, Answer> change) {
        this(name, DIFFERENCES, row, change);
    }

    boolean isRow() {
        return page.equals(DIFFERENCES);
    }

    /**
     * A question with both answers.
     *
     * @param expected CoreDNS's answer, with earlier differences already applied
     * @param ours our answer, for differences that leave several answers open
     */
    record Case(Question question, Answer expected, Answer ours, ClusterNames names) {
        String qname() {
            return question.lowerCaseName();
        }

        /** Our answer, if the OPT record is as expected. */
        Answer oursWithEdns() {
            return ours.withEdns(expected.edns());
        }

        boolean asks(String type) {
            return question.qtype().equals(type);
        }
    }
}
