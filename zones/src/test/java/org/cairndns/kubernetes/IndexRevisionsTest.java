package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.kubernetes.ClusterChanges.Finding;
import org.junit.jupiter.api.Test;

class IndexRevisionsTest {
    private static final String OBJECTS = """
            namespace shop
            service shop/web 10.96.1.10 http:80/TCP
            headless shop/db http:80/TCP
            slice shop/db-1 db http:80/TCP @10.1.0.20=db-0
            slice shop/orphan later http:80/TCP @10.1.0.21
            pod shop/db-0 10.1.0.20
            """;

    private final ClusterChanges changes = TestCluster.of(OBJECTS).changes();

    @Test
    void compare_eachKind_asItWasStamped() {
        for (ObjectKind kind : new ObjectKind[] {ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.POD}) {
            ObjectName name = new ObjectName(
                    "shop",
                    switch (kind) {
                        case SERVICE -> "web";
                        case ENDPOINT_SLICE -> "db-1";
                        case POD, NAMESPACE, SERVICE_IMPORT -> "db-0";
                    });

            assertThat(changes.stamp(kind, name, 7)).isTrue();
            assertThat(changes.compare(kind, name, 7)).as("%s", kind).isEqualTo(Finding.SAME);
            assertThat(changes.compare(kind, name, 8)).as("%s", kind).isEqualTo(Finding.OLDER);
        }
        ObjectName namespace = new ObjectName("", "shop");
        assertThat(changes.stamp(ObjectKind.NAMESPACE, namespace, 7)).isTrue();
        assertThat(changes.compare(ObjectKind.NAMESPACE, namespace, 7)).isEqualTo(Finding.SAME);
    }

    @Test
    void compare_whatIsNotThere_missing() {
        // The slice alone makes no service, and a service alone no namespace.
        changes.remove(ObjectKind.NAMESPACE, "", "shop");

        assertThat(changes.compare(ObjectKind.SERVICE, new ObjectName("shop", "later"), 1))
                .isEqualTo(Finding.MISSING);
        assertThat(changes.compare(ObjectKind.SERVICE, new ObjectName("nowhere", "web"), 1))
                .isEqualTo(Finding.MISSING);
        assertThat(changes.compare(ObjectKind.NAMESPACE, new ObjectName("", "shop"), 1))
                .isEqualTo(Finding.MISSING);
        assertThat(changes.compare(ObjectKind.POD, new ObjectName("shop", "db-1"), 1))
                .isEqualTo(Finding.MISSING);
        assertThat(changes.compare(ObjectKind.SERVICE_IMPORT, new ObjectName("shop", "web"), 1))
                .isEqualTo(Finding.MISSING);
    }

    @Test
    void stamp_sliceThatNoNameLeadsTo_isNotKept() {
        ClusterText.apply("slice shop/odd no.label http:80/TCP @10.1.0.22", changes);
        ObjectName unknown = new ObjectName("shop", "never-put");

        assertThat(changes.stamp(ObjectKind.ENDPOINT_SLICE, unknown, 1)).isFalse();
    }

    @Test
    void unseen_comparedAndPutSince_theRest() {
        changes.comparisonStarted(ObjectKind.SERVICE);
        changes.compare(ObjectKind.SERVICE, new ObjectName("shop", "web"), 1);
        ClusterText.apply("service shop/new 10.96.1.11", changes);

        assertThat(changes.unseen(ObjectKind.SERVICE)).containsExactly(new ObjectName("shop", "db"));
        changes.comparisonStarted(ObjectKind.ENDPOINT_SLICE);
        assertThat(changes.unseen(ObjectKind.ENDPOINT_SLICE))
                .containsExactly(new ObjectName("shop", "db-1"), new ObjectName("shop", "orphan"));
        changes.comparisonStarted(ObjectKind.POD);
        assertThat(changes.unseen(ObjectKind.POD)).containsExactly(new ObjectName("shop", "db-0"));
        changes.comparisonStarted(ObjectKind.NAMESPACE);
        assertThat(changes.unseen(ObjectKind.NAMESPACE)).containsExactly(new ObjectName("", "shop"));
    }

    @Test
    void list_afterAComparisonThatBrokeOff_sweepsAsEver() {
        changes.comparisonStarted(ObjectKind.SERVICE);
        changes.compare(ObjectKind.SERVICE, new ObjectName("shop", "db"), 1);
        changes.listStarted(ObjectKind.SERVICE);
        ClusterText.apply("service shop/web 10.96.1.10 http:80/TCP", changes);
        changes.listFinished(ObjectKind.SERVICE);

        assertThat(changes.compare(ObjectKind.SERVICE, new ObjectName("shop", "web"), 1))
                .isNotEqualTo(Finding.MISSING);
        assertThat(changes.compare(ObjectKind.SERVICE, new ObjectName("shop", "db"), 1))
                .isEqualTo(Finding.MISSING);
    }
}
