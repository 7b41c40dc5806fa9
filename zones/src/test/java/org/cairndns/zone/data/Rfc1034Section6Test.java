package org.cairndns.zone.data;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of RFC 1034 6.2 on the root zone of 6.1. */
class Rfc1034Section6Test {
    @TestFactory
    Stream<DynamicTest> lookup_examplesOfTheRfc_asThere() {
        Zone zone = TestZones.of(".", TestZones.resource("rfc1034.zone"));
        return QuestionTable.tests(TestZones.resource("rfc1034.questions"), zone);
    }
}
