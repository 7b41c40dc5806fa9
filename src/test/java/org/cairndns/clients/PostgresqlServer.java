package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server in a pod; it lets clients in by the names that their addresses have. */
final class PostgresqlServer {
    private static final String USER = "postgres";

    private static final String CONFIG = """
            listen_addresses = '*'
            unix_socket_directories = ''
            fsync = off
            shared_buffers = 16MB
            dynamic_shared_memory_type = mmap
            log_hostname = on
            """;

    private final Workload workload;
    private final Pod pod;
    private final Path data;
    private final Path binaries;

    PostgresqlServer(Workload workload, Pod pod) throws IOException {
        this.workload = workload;
        this.pod = pod;
        this.binaries = binaries().orElseThrow();
        Path folder = workload.folder(pod.name());
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        this.data = folder.resolve("data");
    }

    /** Skips the test unless the server's programs are there. */
    static void needed() throws IOException {
        assumeTrue(binaries().isPresent(), "no PostgreSQL server: install Debian's package postgresql");
    }

    /** Where Debian keeps the programs of the newest version. */
    private static Optional<Path> binaries() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    /** Makes an empty database and serves it to clients whose names end like this. */
    void startPrimary(String nameSuffix) throws IOException, InterruptedException {
        run("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--no-locale", "--pgdata=" + data);
        append("postgresql.conf", CONFIG);
        Files.writeString(data.resolve("pg_hba.conf"), """
                host all all %1$s trust
                host replication all %1$s trust
                """.formatted(nameSuffix));
        start();
    }

    /** Copies the database of the primary at this name and follows it. */
    void startStandbyOf(String primary) throws IOException, InterruptedException {
        run(
                "pg_basebackup",
                "--host=" + primary,
                "--username=postgres",
                "--pgdata=" + data,
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--no-sync");
        start();
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(data.resolve(file), text, java.nio.file.StandardOpenOption.APPEND);
    }

    /** In an IPC namespace of its own, so that the shared memory of a server that is killed goes with it. */
    private void start() throws IOException {
        workload.start(pod, asItsUser("postgres", "-D", data.toString()));
    }

    private void run(String... command) throws IOException, InterruptedException {
        pod.run(asItsUser(command)).requireSuccess();
    }

    private String[] asItsUser(String... command) {
        List<String> all = new ArrayList<>(
                List.of("unshare", "--ipc", "setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        all.add(binaries.resolve(command[0]).toString());
        all.addAll(Arrays.asList(command).subList(1, command.length));
        return all.toArray(String[]::new);
    }
}
