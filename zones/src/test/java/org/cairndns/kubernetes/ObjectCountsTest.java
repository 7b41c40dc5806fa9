package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObjectCountsTest {
    private static final String OBJECTS = """
            namespace shop
            namespace empty
            service shop/web 10.96.1.10 http:80/TCP
            headless shop/db http:80/TCP
            slice shop/db-1 db http:80/TCP @10.1.0.20=db-0
            slice shop/db-2 db http:80/TCP
            pod shop/db-0 10.1.0.20
            """;

    private final TestCluster cluster = TestCluster.of(OBJECTS);

    @Test
    void count_afterList_numberOfObjectsOfEachKind() {
        assertCounts(2, 2, 2, 1);
    }

    @Test
    void count_objectsPutAgainOrChanged_staysAsItIs() {
        ClusterText.apply(OBJECTS, cluster.changes());
        ClusterText.apply("""
                service shop/web 10.96.1.11
                slice shop/db-1 web http:80/TCP @10.1.0.21
                pod shop/db-0 10.1.0.21
                """, cluster.changes());

        assertCounts(2, 2, 2, 1);
    }

    @Test
    void count_objectsRemovedTwice_countOnce() {
        for (int i = 0; i < 2; i++) {
            cluster.changes().remove(ObjectKind.SERVICE, "shop", "web");
            cluster.changes().remove(ObjectKind.ENDPOINT_SLICE, "shop", "db-1");
            cluster.changes().remove(ObjectKind.POD, "shop", "db-0");
            cluster.changes().remove(ObjectKind.NAMESPACE, "", "empty");
        }

        assertCounts(1, 1, 1, 0);
    }

    @Test
    void count_listWithFewerObjects_countsThose() {
        ClusterText.list("namespace shop\nslice shop/db-2 db http:80/TCP", cluster.changes());

        assertCounts(1, 0, 1, 0);
    }

    @Test
    void count_imports_andSlicesByObjectNotByService() {
        ClusterText.list("""
                namespace shop
                service shop/derived-web 10.96.1.12
                import shop/web 10.42.0.1
                slice shop/both derived-web,web@a
                slice shop/theirs -,web@b
                """, cluster.changes());
        assertThat(cluster.index().count(ObjectKind.SERVICE_IMPORT)).isEqualTo(1);
        assertCounts(1, 1, 2, 0);

        ClusterText.apply("slice shop/both -,web@a", cluster.changes());
        assertCounts(1, 1, 2, 0);
        ClusterText.apply("slice shop/both -", cluster.changes());
        assertCounts(1, 1, 1, 0);
        ClusterText.apply("slice shop/both derived-web,web@a", cluster.changes());
        assertCounts(1, 1, 2, 0);

        cluster.changes().remove(ObjectKind.ENDPOINT_SLICE, "shop", "both");
        cluster.changes().remove(ObjectKind.SERVICE_IMPORT, "shop", "web");
        assertThat(cluster.index().count(ObjectKind.SERVICE_IMPORT)).isZero();
        assertCounts(1, 1, 1, 0);

        ClusterText.list("", cluster.changes());
        assertCounts(0, 0, 0, 0);
    }

    private void assertCounts(int namespaces, int services, int slices, int pods) {
        assertThat(Stream.of(ObjectKind.NAMESPACE, ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.POD)
                        .map(kind -> cluster.index().count(kind)))
                .containsExactly(namespaces, services, slices, pods);
    }
}
