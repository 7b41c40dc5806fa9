package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The dashboard by the schemas that Grafana publishes of its own, in the form of a Go library, which reads it strictly.
 *
 * <p>Skipped where there is no Go or its modules cannot be fetched.
 */
class GrafanaSchemaTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("GOFLAGS", "-mod=mod", "GOTOOLCHAIN", "local");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void build() throws IOException {
        Command.require("go", "reading the dashboard by Grafana's schemas");
        for (String file : List.of("main.go", "go.mod", "go.sum")) {
            try (InputStream in =
                    Objects.requireNonNull(GrafanaSchemaTest.class.getResourceAsStream("grafana-schema/" + file))) {
                Files.copy(in, folder.resolve(file));
            }
        }
        Command.Result fetched = Command.run(folder, ENVIRONMENT, List.of("go", "mod", "download"));
        if (fetched.exit() != 0) {
            String reason = "skipped: Grafana's schemas cannot be fetched: " + fetched.output();
            System.out.println(reason);
            abort(reason);
        }
        Command.run(folder, ENVIRONMENT, List.of("go", "build", "-p", "1", "-o", "schema", "."))
                .requireSuccess();
    }

    private static Command.Result read(String dashboard) throws IOException {
        Path file = Files.writeString(folder.resolve("dashboard.json"), dashboard);
        return Command.run(folder, ENVIRONMENT, List.of("./schema", file.toString()));
    }

    @Test
    void dashboard_isTaken() throws IOException {
        assertThat(read(Documents.text(Documents.OVERLAY.resolve("cairn.json")))
                        .requireSuccess()
                        .output())
                .isEqualTo("taken\n");
    }

    @ParameterizedTest
    @CsvSource({
        "\"graphMode\", \"graphMood\", graphMood",
        "\"reqps\", \"rqps\", rqps",
        "\"custom.lineStyle\", \"custom.lineStile\", lineStile",
        "\"fill\": \"dash\", \"fill\": 1, lineStyle"
    })
    void dashboard_withSomethingWrong_isNot(String right, String wrong, String named) throws IOException {
        String dashboard = Documents.text(Documents.OVERLAY.resolve("cairn.json"));
        assertThat(dashboard).contains(right);

        assertThat(read(dashboard.replace(right, wrong)).output()).contains(named);
    }
}
