package org.cairndns.plugin.root;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.PathText;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code root PATH}; of several the last one holds, as in CoreDNS. */
public final class RootPlugin implements Plugin {
    @Override
    public String name() {
        return "root";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.noBlock();
            if (option.hasArgs(1)) {
                Token word = option.args().getFirst();
                PathText.read(word, Path.of(""), "root", problems)
                        .ifPresent(root -> setRoot(root, word, context, problems));
            }
        }
    }

    private static void setRoot(Path root, Token word, BlockContext context, Problems problems) {
        context.settings().root(root);
        Path folder = context.directory();
        if (!Files.exists(folder)) {
            // No error, for the folder may be mounted later.
            problems.warn(word.position(), "root path '" + folder + "' does not exist");
        } else if (!Files.isDirectory(folder)) {
            problems.warn(word.position(), "root path '" + folder + "' is no folder");
        }
    }
}
