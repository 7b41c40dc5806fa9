package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UsageErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    explain     | unknown command 'explain', expected one of demo, check, smoke, node-address | cairn
                    chek a      | unknown command 'chek', expected one of demo, check, smoke, node-address, did you mean 'check'? | cairn
                    -zurgel     | Unknown option: '-zurgel'                                   | cairn
                    -p abc      | Invalid value for option '--dns.port': 'abc' is not an int | cairn
                    check       | Missing required parameter: 'FILE'                         | cairn check
                    """)
    void execute_wrongCommandLine_saysWhatIsWrongAndWhereTheHelpIs(String line, String message, String command) {
        StringWriter err = new StringWriter();
        CommandLine cairn = Main.commandLine().setErr(new PrintWriter(err, true));

        assertThat(cairn.execute(line.split(" "))).isEqualTo(2);
        assertThat(err).hasToString(message + "\n'" + command + " --help' has the options\n");
    }
}
