package org.cairndns.plugin.spi;

import java.util.List;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;

/** Meaning of one directive name of the Corefile. */
public interface Plugin {
    /** Name of the directive. */
    String name();

    /**
     * Reads the directive of one server block and registers with the context what it stands for: handlers, hooks, HTTP
     * endpoints. Opens nothing itself: a file that is only checked goes through here too.
     *
     * @param occurrences the directive's occurrences in the block in file order, at least one
     * @param problems takes every fault; {@code setup} goes on after one as far as it can
     * @throws CorefileException as another way to report faults
     */
    void setup(List<Directive> occurrences, BlockContext context, Problems problems) throws CorefileException;
}
