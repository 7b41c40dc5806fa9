package org.cairndns.plugin.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.ManualScheduler;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.data.Zone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The timers of one zone, with checks on the thread that moves the clock. */
class SecondaryZoneTest {
    private static final DomainName ZONE = DomainName.of("example.org.");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final LogCapture log = new LogCapture();
    private final List<DomainName> changed = new ArrayList<>();
    private PrimaryDouble primary;
    private PrimaryDouble other;
    private SecondaryZone zone;

    @BeforeEach
    void open() throws IOException {
        primary = new PrimaryDouble();
        other = new PrimaryDouble();
        zone = new SecondaryZone(
                new SecondaryConfig.Source(ZONE, List.of(primary.address(), other.address())),
                new PrimaryClient(TransferLimits.of(1L << 30), scheduler::nanoTime, new Random(1)),
                new SecondaryZone.Threads(scheduler, Runnable::run),
                scheduler::nanoTime,
                new Random(1));
    }

    @AfterEach
    void close() throws IOException {
        zone.close();
        primary.close();
        other.close();
        log.close();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void start_primaryThere_loadsAtOnceAndSaysSo() {
        start();

        assertThat(serial()).contains(1L);
        assertThat(changed).containsExactly(ZONE);
        assertThat(primary.asked()).containsExactly("AXFR");
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void start_firstPrimaryAway_takesTheSecond() throws IOException {
        primary.close();
        other.serial(7);
        start();

        assertThat(serial()).contains(7L);
    }

    @Test
    void start_allAway_triesAgainWithLongerPausesUntilOneIsThere() {
        refuse(primary);
        refuse(other);
        start();
        assertThat(zone.slot().reason()).isEqualTo("not loaded yet");
        assertThat(log.lines()).singleElement().asString().contains("All primaries of 'example.org.' failed");
        for (int i = 0; i < 12; i++) {
            scheduler.advance(Duration.ofSeconds(12));
        }
        // At 0, 0.25, 0.5, 1, 2, 4, 8 s and then every 10, each up to a half later.
        assertThat(primary.asked().size()).isBetween(14, 22);

        primary.answers(messages -> messages);
        scheduler.advance(Duration.ofSeconds(12));
        assertThat(serial()).contains(1L);
    }

    @Test
    void refresh_newerSerial_isTransferred() {
        start();
        primary.serial(2).lines("new.example.org. 30 A 192.0.2.2");
        scheduler.advance(Duration.ofSeconds(3599));
        assertThat(serial()).contains(1L);
        scheduler.advance(Duration.ofSeconds(7));

        assertThat(serial()).contains(2L);
        assertThat(primary.asked()).containsExactly("AXFR", "SOA", "AXFR");
        assertThat(changed).hasSize(2);
    }

    @Test
    void refresh_olderSerial_isNotTaken() {
        primary.serial(100);
        start();
        primary.serial(99);
        scheduler.advance(Duration.ofSeconds(3606));

        assertThat(serial()).contains(100L);
        assertThat(primary.asked()).containsExactly("AXFR", "SOA");
        assertThat(other.asked()).containsExactly("SOA");
    }

    @Test
    void refresh_serialOverTheEnd_isNewer() {
        primary.serial(4_294_967_295L);
        start();
        primary.serial(5);
        scheduler.advance(Duration.ofSeconds(3606));

        assertThat(serial()).contains(5L);
    }

    @Test
    void refresh_secondPrimaryIsAhead_isTakenFromThere() {
        start();
        other.serial(5);
        scheduler.advance(Duration.ofSeconds(3606));

        assertThat(serial()).contains(5L);
    }

    @Test
    void refresh_primariesAway_retriesThenExpiresThenComesBack() {
        primary.numbers("3600 600 7200 5");
        start();
        refuse(primary);
        refuse(other);
        scheduler.advance(Duration.ofSeconds(3606));
        int asked = primary.asked().size();
        scheduler.advance(Duration.ofSeconds(603));
        assertThat(primary.asked().size()).isEqualTo(asked + 1);
        assertThat(serial()).contains(1L);

        scheduler.advance(Duration.ofSeconds(3000));
        assertThat(serial()).isEmpty();
        assertThat(zone.slot().reason()).isEqualTo("expired");

        primary.answers(messages -> messages);
        scheduler.advance(Duration.ofSeconds(700));
        assertThat(serial()).contains(1L);
    }

    @Test
    void refresh_checksThatGoWell_putOffTheEnd() {
        primary.numbers("3600 600 7200 5");
        start();
        for (int i = 0; i < 10; i++) {
            scheduler.advance(Duration.ofSeconds(3600));
        }

        assertThat(serial()).contains(1L);
        assertThat(primary.asked()).hasSizeGreaterThan(8);
    }

    @Test
    void notify_newVersion_isTransferredAtOnce() {
        start();
        primary.serial(2);
        zone.checkSoon();
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(serial()).contains(2L);
    }

    @Test
    void notify_many_leadToOneCheckASecond() {
        start();
        for (int i = 0; i < 1000; i++) {
            zone.checkSoon();
            scheduler.advance(Duration.ofMillis(5));
        }

        // A thousand in five seconds.
        assertThat(primary.asked().stream().filter("SOA"::equals).count()).isBetween(3L, 6L);
    }

    @Test
    void soa_withZeroes_isNotAskedForWithoutPause() {
        primary.numbers("0 0 0 0");
        start();
        scheduler.advance(Duration.ofSeconds(10));

        assertThat(primary.asked().size()).isBetween(6, 11);
        assertThat(serial()).contains(1L);
    }

    private void start() {
        zone.start(changed::add);
        scheduler.runDue();
    }

    private static void refuse(PrimaryDouble primary) {
        primary.answers(messages -> List.of());
    }

    private Optional<Long> serial() {
        return zone.slot().zone().map(Zone::serial);
    }
}
