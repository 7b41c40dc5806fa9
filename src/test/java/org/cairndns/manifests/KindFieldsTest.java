package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindFieldsTest {
    private static final String KUSTOMIZATION = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: dns}
            spec: {interval: 10m, prune: false, sourceRef: {kind: GitRepository, name: a}, healthChecks: [{kind: Deployment, name: b}]}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a: b                   | interval: 10m          | spec.a: unknown
            prun: false            | prune: false           | spec.prun: unknown
            interval: ten          | interval: 10m          | spec.interval: expected duration, got ten
            prune: maybe           | prune: false           | spec.prune: expected flag, got maybe
            kind: Git              | kind: GitRepository    | spec.sourceRef.kind: expected OCIRepository
            sort: Deployment       | kind: Deployment       | spec.healthChecks.0.kind: missing
            healthChecks: {a: b}   | healthChecks: [{kind: Deployment, name: b}] | spec.healthChecks: expected a list
            """)
    void faults_ofAnObjectWithAMistake_nameItsPlace(String mistake, String right, String fault) {
        KindFields fields = KindFields.ofTable();
        String mistaken = KUSTOMIZATION.replace(right, mistake);

        assertThat(fields.faults(Manifests.of(KUSTOMIZATION).objects().getFirst()))
                .isEmpty();
        assertThat(fields.faults(Manifests.of(mistaken).objects().getFirst()))
                .anySatisfy(found -> assertThat(found).startsWith(fault));
    }
}
