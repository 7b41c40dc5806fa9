package org.cairndns.zone.data;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Negative answers as in the examples of RFC 2308 2. */
class Rfc2308Test {
    @TestFactory
    Stream<DynamicTest> lookup_examplesOfTheRfc_asThere() {
        Zone zone = TestZones.of("example.", TestZones.resource("rfc2308.zone"));
        return QuestionTable.tests(TestZones.resource("rfc2308.questions"), zone);
    }
}
