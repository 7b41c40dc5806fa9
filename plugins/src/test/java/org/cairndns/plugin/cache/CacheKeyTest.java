package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Edns;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
    private static final CacheKey KEY = new CacheKey(DomainName.of("Web.example."), 1 << 16 | 1, 0, Edns.NO_OPTIONS);

    @Test
    void keys_ofOtherLetterCase_areOne() {
        CacheKey same = new CacheKey(DomainName.of("wEB.example."), 1 << 16 | 1, 0, Edns.NO_OPTIONS);

        assertThat(same).isEqualTo(KEY).hasSameHashCodeAs(KEY).isEqualByComparingTo(KEY);
        assertThat(KEY.compact()).isEqualTo(KEY).isEqualByComparingTo(KEY);
        assertThat(KEY.compact().qname()).hasToString("web.example.");
    }

    @Test
    void keys_thatDiffer_areOrderedAsHashTablesNeedIt() {
        List<CacheKey> ascending = List.of(
                KEY,
                new CacheKey(KEY.qname(), KEY.typeAndClass(), 0, new byte[] {0, 8, 0, 0}),
                new CacheKey(KEY.qname(), KEY.typeAndClass(), 1, Edns.NO_OPTIONS),
                new CacheKey(KEY.qname(), KEY.typeAndClass(), 3, Edns.NO_OPTIONS),
                new CacheKey(KEY.qname(), 28 << 16 | 1, 0, Edns.NO_OPTIONS),
                // A type with its top bit set is the larger one.
                new CacheKey(KEY.qname(), 0xffff << 16 | 1, 0, Edns.NO_OPTIONS),
                new CacheKey(DomainName.of("xeb.example."), 1 << 16 | 1, 0, Edns.NO_OPTIONS));

        for (int i = 0; i < ascending.size(); i++) {
            for (int k = 0; k < ascending.size(); k++) {
                assertThat(Integer.signum(ascending.get(i).compareTo(ascending.get(k))))
                        .as("%d and %d", i, k)
                        .isEqualTo(Integer.signum(i - k));
                assertThat(ascending.get(i).equals(ascending.get(k))).isEqualTo(i == k);
            }
        }
    }
}
