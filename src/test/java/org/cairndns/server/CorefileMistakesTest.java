package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.cairndns.corefile.CorefileException;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;

/** A Corefile with mistakes of five kinds is refused once, with all of them. */
class CorefileMistakesTest {
    @Test
    void start_fiveMistakes_areReportedTogetherWithTheirPlaces() {
        CorefileException refused = catchThrowableOfType(CorefileException.class, () -> TestServer.start("""
                        . {
                          whoam
                          loadbalance sometimes
                          bind 127.0.0.256
                        }
                        example.org {
                          health localhost:99999
                          ready :8181 b c
                        }
                        """));

        assertThat(refused.problems())
                .extracting(Object::toString)
                .containsExactly(
                        "Corefile:2:3: unknown directive 'whoam', did you mean 'whoami'?",
                        "Corefile:3:15: bad value for 'loadbalance', expected one of round_robin, weighted, got"
                                + " 'sometimes'",
                        "Corefile:4:8: bad value for 'bind', expected an IP address or the name of a network"
                                + " interface with one, got '127.0.0.256'",
                        "Corefile:7:10: bad value for 'health', expected an address with a port, such as :8080 or"
                                + " [::1]:8080, got 'localhost:99999'",
                        "Corefile:8:15: wrong number of arguments for 'ready', expected 0 to 1, got 3");
        assertThat(refused).hasMessageStartingWith("Corefile:2:3: ").hasMessageEndingWith("got 3");
    }

    @Test
    void start_pathWithANulCharacter_isAProblemOfTheDirective() {
        CorefileException refused =
                catchThrowableOfType(CorefileException.class, () -> TestServer.start(". {\n  hosts a\0b\n}\n"));

        assertThat(refused.problems())
                .extracting(Object::toString)
                .anyMatch(problem -> problem.startsWith("Corefile:2:3: directive 'hosts': expected a path, got '")
                        && problem.endsWith("a\0b': Nul character not allowed"));
    }
}
