package org.cairndns.differential;

import java.util.List;
import java.util.stream.Stream;

/** All differences that are on purpose, in the order in which they are applied. */
final class ExpectedDifferences {
    static final List<ExpectedDifference> ALL = Stream.of(
                    AliasDifferences.ALL,
                    ClustersetDifferences.ALL,
                    NameDifferences.ALL,
                    EndpointDifferences.ALL,
                    DirectiveDifferences.ALL,
                    ExternalDifferences.ALL,
                    AutopathDifferences.ALL,
                    MessageDifferences.ALL)
            .flatMap(List::stream)
            .toList();

    private ExpectedDifferences() {}
}
