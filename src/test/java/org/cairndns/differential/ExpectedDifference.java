package org.cairndns.differential;

import java.util.function.Function;

/**
 * A difference from CoreDNS that is on purpose.
 *
 * @param name short and unique
 * @param row the first cell of its row in docs/differences.md
 * @param change makes of CoreDNS's answer the one that is expected of us; the same answer where the difference does not apply
 */
record ExpectedDifference(String name, String row, Function<Case, Answer> change) {
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

        boolean asks(String type) {
            return question.qtype().equals(type);
        }
    }
}
