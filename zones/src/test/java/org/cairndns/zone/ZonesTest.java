package org.cairndns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZonesTest {
    @ParameterizedTest
    @CsvSource({
        "example.org., true",
        "WWW.Example.ORG., true",
        "a.b.example.net., true",
        "notexample.org., false",
        "org., false",
        "., false",
    })
    void covers_names_atAndBelowTheZones(String name, boolean covered) {
        Zones zones = Zones.of(List.of("example.org.", "example.net"));

        assertThat(zones.covers(DomainName.of(name))).isEqualTo(covered);
    }

    @Test
    void covers_rootAndNone_everythingAndNothing() {
        assertThat(Zones.of(List.of(".")).covers(DomainName.of("any.example."))).isTrue();
        assertThat(Zones.of(List.of(".")).covers(DomainName.ROOT)).isTrue();
        assertThat(Zones.NONE.covers(DomainName.ROOT)).isFalse();
        assertThat(Zones.NONE.isEmpty()).isTrue();
    }

    @Test
    void closest_severalAbove_isTheLongest() {
        Zones zones = Zones.of(java.util.List.of(".", "example.org.", "a.example.org."));

        assertThat(zones.closest(DomainName.of("x.A.example.org."))).isEqualTo(2);
        assertThat(zones.closest(DomainName.of("example.org."))).isEqualTo(1);
        assertThat(zones.closest(DomainName.of("ba.example.com."))).isZero();
        assertThat(Zones.NONE.closest(DomainName.ROOT)).isEqualTo(-1);
    }
}
