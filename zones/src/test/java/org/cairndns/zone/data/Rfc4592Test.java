package org.cairndns.zone.data;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of RFC 4592 2.2.1, wildcards that are aliases, services, empty. */
class Rfc4592Test {
    @TestFactory
    Stream<DynamicTest> lookup_examplesOfTheRfc_asThere() {
        Zone zone = TestZones.of("example.", TestZones.resource("rfc4592.zone"));
        return QuestionTable.tests(TestZones.resource("rfc4592.questions"), zone);
    }
}
