package org.cairndns.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairndns.corefile.CorefileText;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;

/**
 * The file with the last Corefile that was taken, for a start with one that is not.
 *
 * <p>Shape: a comment line with the SHA-256 of all that follows, then the Corefile with its imports and environment references
 * in place. Only the owner may read it: values of the environment may be secrets. Not for event loops.
 */
final class LastGood {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String CONDITION = "lastgood_not_kept";
    private static final String HEADER = "# The last Corefile that Cairn took. SHA-256 of what follows: ";
    private static final Set<StandardOpenOption> NEW =
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int MAX_OCTETS = 16 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final StartPolicy.LastGoodChoice choice;
    private final Conditions conditions;

    LastGood(StartPolicy.LastGoodChoice choice, Conditions conditions) {
        this.choice = choice;
        this.conditions = conditions;
    }

    /** The file for a Corefile, be it one with problems. */
    Optional<Path> file(List<ServerBlock> blocks) {
        return choice.given().or(() -> named(blocks)).or(choice::usual);
    }

    /** What {@code reload { lastgood FILE }} says; the last one holds. */
    private static Optional<Path> named(List<ServerBlock> blocks) {
        return blocks.stream()
                .flatMap(block -> block.directives("reload").stream())
                .map(Directive::properties)
                .flatMap(List::stream)
                .filter(property -> property.name().text().equals("lastgood")
                        && !property.args().isEmpty())
                .flatMap(property -> path(property.args().getFirst().text()).stream())
                .reduce((one, other) -> other);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Keeps the blocks of a Corefile that was taken; a failure is a condition, no more. */
    void keep(List<ServerBlock> blocks) {
        Optional<Path> file = file(blocks);
        if (file.isEmpty()) {
            return;
        }
        String subject = file.get().toString();
        Optional<String> text = CorefileText.of(blocks);
        if (text.isEmpty()) {
            conditions.begin(
                    LOG,
                    CONDITION,
                    subject,
                    "this Corefile is not kept in " + subject + ": a word of it cannot be quoted");
            return;
        }
        try {
            String content = HEADER + sha256(text.get()) + "\n" + text.get();
            write(file.get(), content.getBytes(StandardCharsets.UTF_8));
            conditions.end(LOG, CONDITION, subject, "the Corefile is kept in " + subject + " again");
        } catch (IOException e) {
            conditions.begin(
                    LOG,
                    CONDITION,
                    subject,
                    "cannot keep this Corefile in " + subject
                            + " (a start with a wrong one has nothing newer to go back" + " to): " + e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (Files.exists(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        try (FileChannel channel = FileChannel.open(written, NEW, ownerOnly(written))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            // Or a machine that loses its power now may have the name with nothing behind it.
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /**
     * The Corefile that was kept, as a loader of it.
     *
     * @param wrong blocks of the Corefile that was refused, as far as they could be read
     * @throws IOException if there is none, or not the one that was written
     */
    CorefileLoader read(List<ServerBlock> wrong) throws IOException {
        Path file = file(wrong).orElseThrow(() -> new NoSuchFileException("none was named"));
        if (Files.size(file) > MAX_OCTETS) {
            throw new IOException(file + " is too large for a Corefile");
        }
        String content = Files.readString(file);
        int end = content.indexOf('\n');
        if (!content.startsWith(HEADER) || end < 0) {
            throw new IOException(file + " is not what was written there");
        }
        String text = content.substring(end + 1);
        if (!content.substring(HEADER.length(), end).equals(sha256(text))) {
            throw new IOException(file + " is torn: its checksum does not fit");
        }
        return CorefileLoader.ofText(file.toString(), text, Map.of());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every Java runtime", e);
        }
    }
}
