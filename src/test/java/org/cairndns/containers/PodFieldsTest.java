package org.cairndns.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import org.junit.jupiter.api.Test;

class PodFieldsTest {
    @Test
    void unknown_whatWouldMakeAnotherContainer_isNamed() {
        PodSpec pod = new PodSpecBuilder()
                .withDnsPolicy("Default")
                .withHostNetwork(true)
                .addNewVolume()
                .withName("state")
                .withNewHostPath("Directory", "/var/lib/cairn")
                .endVolume()
                .addNewContainer()
                .withImage("cairn")
                .withCommand("sh")
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .endSecurityContext()
                .endContainer()
                .build();

        assertThat(PodFields.unknown(pod))
                .containsExactly(
                        "containers.command",
                        "containers.securityContext.runAsUser",
                        "hostNetwork",
                        "volumes.hostPath.path",
                        "volumes.hostPath.type");
    }
}
