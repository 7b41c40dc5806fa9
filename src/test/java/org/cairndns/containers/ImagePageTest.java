package org.cairndns.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cairndns.perf.container.Confinement;
import org.cairndns.perf.container.ContainerSpec;
import org.cairndns.perf.container.Limits;
import org.cairndns.perf.container.Probe;
import org.cairndns.perf.container.ServerContainer;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code docs/image.md} says of a first run of the image. */
@ExtendWith(ContainerCluster.Resolver.class)
class ImagePageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void corefileOfThePage_servesTheHomelabOfTheImage(ContainerCluster cluster) throws Exception {
        String page = Files.readString(Project.root().resolve("docs/image.md"));
        Path corefile = Files.writeString(
                cluster.work().resolve("Corefile"),
                page.split("```corefile\n")[1].split("```")[0]);
        ContainerSpec spec = new ContainerSpec(
                cluster.image(),
                List.of(),
                Map.of("/Corefile", corefile),
                Map.of(),
                Map.of(),
                Confinement.STOCK,
                new Limits(170, 0, -1));
        try (ServerContainer container = ServerContainer.start(spec, cluster.network())) {
            Probe probe = new Probe(container);
            assertThat(probe.secondsUntil(PATIENCE, () -> probe.answers("home-assistant.automation.svc.cluster.local")))
                    .as(container.log())
                    .isPositive();
        }
    }
}
