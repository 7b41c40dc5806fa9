package org.cairndns.server;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import org.cairndns.corefile.Suggestions;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a wrong command line: what is wrong, then where the help is, which would push that off the screen. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(message(fault, command));
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' has the options");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(ParameterException fault, CommandLine command) {
        Set<String> commands = command.getSubcommands().keySet();
        if (fault instanceof UnmatchedArgumentException unmatched && !commands.isEmpty()) {
            List<String> words = unmatched.getUnmatched();
            if (!words.isEmpty() && !words.getFirst().startsWith("-")) {
                String word = words.getFirst();
                return "unknown command '" + word + "', expected one of " + String.join(", ", commands)
                        + Suggestions.hint(word, commands);
            }
        }
        return String.valueOf(fault.getMessage());
    }
}
