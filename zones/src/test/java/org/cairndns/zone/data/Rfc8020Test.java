package org.cairndns.zone.data;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Names that exist because of names below, and those that do not (RFC 8020). */
class Rfc8020Test {
    @TestFactory
    Stream<DynamicTest> lookup_examplesOfTheRfc_asThere() {
        Zone zone = TestZones.of("example.", TestZones.resource("rfc8020.zone"));
        return QuestionTable.tests(TestZones.resource("rfc8020.questions"), zone);
    }
}
