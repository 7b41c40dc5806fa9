package org.cairndns.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Severity;
import org.cairndns.plugin.spi.Conditions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maker of a process's configurations: out of the Corefile on the disk, and at a start with a wrong one out of the last that
 * was taken.
 *
 * <p>Under the lock of its owner, {@link #hashOnDisk} aside, which is for any thread. Reads and writes files.
 */
final class ConfigurationSource {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSource.class);

    /** A configuration and the Corefile that it is made of. */
    record Made(CorefileLoader.Loaded corefile, Configuration configuration) {}

    private final CorefileLoader loader;
    private final ConfigurationAssembler assembler;
    private final StartPolicy policy;
    private final LastGood lastGood;
    private final RejectedCorefile rejected;

    ConfigurationSource(
            CorefileLoader loader, ConfigurationAssembler assembler, StartPolicy policy, Conditions conditions) {
        this.loader = loader;
        this.assembler = assembler;
        this.policy = policy;
        this.lastGood = new LastGood(policy.lastGood(), conditions);
        this.rejected = new RejectedCorefile(loader, conditions);
    }

    /**
     * What a start begins with.
     *
     * @throws CorefileException with the problems of the Corefile on the disk, if there is no other
     */
    Made first() throws IOException, CorefileException {
        String onDisk = rejected.state();
        try {
            Made wanted = made(loader);
            taken(wanted);
            return wanted;
        } catch (IOException | CorefileException e) {
            Optional<Made> kept = policy.alwaysOn() ? kept() : Optional.empty();
            if (kept.isEmpty()) {
                throw e;
            }
            logLines(e);
            rejected.begin(onDisk, "the last one that was taken runs in its place");
            return kept.get();
        }
    }

    private Optional<Made> kept() {
        List<ServerBlock> wrong = loader.readable();
        if (lastGood.file(wrong).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(made(lastGood.read(wrong)));
        } catch (IOException | CorefileException e) {
            LOG.info("no Corefile to go back to: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What a reload goes over to; {@link #taken} is to be told if that works. */
    Made next() throws IOException, CorefileException {
        String onDisk = rejected.state();
        try {
            return made(loader);
        } catch (IOException | CorefileException e) {
            logLines(e);
            rejected.begin(onDisk, "the running configuration goes on");
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the Corefile cannot be taken", e);
            throw e;
        }
    }

    /** The same Corefile anew, for what was not there before. */
    Made again(CorefileLoader.Loaded corefile) throws CorefileException {
        Problems problems = new Problems(problem -> {});
        return new Made(
                corefile,
                policy.alwaysOn()
                        ? assembler.assembleAnyhow(corefile, problems)
                        : assembler.assemble(corefile, problems));
    }

    /** What was made of the Corefile on the disk runs. */
    void taken(Made made) {
        rejected.end();
        lastGood.keep(made.corefile().blocks());
    }

    /** True while the Corefile on the disk was refused and another one runs. */
    boolean isRejected() {
        return rejected.isLasting();
    }

    /** True if the Corefile on the disk was refused and is now another one than that and the running one. */
    boolean hasChanged(String running) {
        if (!rejected.isLasting()) {
            return false;
        }
        String onDisk = rejected.state();
        if (rejected.isRefused(onDisk)) {
            return false;
        }
        if (onDisk.equals(running)) {
            rejected.end();
            return false;
        }
        return true;
    }

    /**
     * The hash of the Corefile on the disk; that of the running one as long as it is the one that was refused. One that cannot
     * even be read as a Corefile is refused from now on, as no reload will be tried.
     */
    String hashOnDisk(String running) throws IOException, CorefileException {
        try {
            String hash = loader.load(problem -> {}).hash();
            if (hash.equals(running)) {
                rejected.end();
            }
            return rejected.isRefused(hash) ? running : hash;
        } catch (IOException | CorefileException e) {
            String state = String.valueOf(e.getMessage());
            if (rejected.isRefused(state)) {
                return running;
            }
            if (e instanceof CorefileException) {
                rejected.begin(state, "the running configuration goes on");
            }
            throw e;
        }
    }

    private Made made(CorefileLoader from) throws IOException, CorefileException {
        Problems problems = new Problems(ConfigurationSource::logged, policy.strict());
        CorefileLoader.Loaded loaded = from.load(problems);
        return new Made(
                loaded,
                policy.alwaysOn() ? assembler.assembleAnyhow(loaded, problems) : assembler.assemble(loaded, problems));
    }

    private static void logged(Problem problem) {
        // What is not there yet is said by its condition, once and for as long as it lasts.
        if (problem.severity() != Severity.WAITING) {
            LOG.warn("{}", problem);
        }
    }

    private static void logLines(Exception e) {
        String.valueOf(e.getMessage()).lines().forEach(line -> LOG.error("{}", line));
    }
}
