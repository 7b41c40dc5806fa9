package org.cairndns.plugin.secondary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.data.Zone;
import org.cairndns.zone.data.ZoneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class PrimaryClientTest {
    private static final DomainName ZONE = DomainName.of("example.org.");

    private final AtomicLong nowNanos = new AtomicLong();
    private final PrimaryClient client = new PrimaryClient(
            new TransferLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1), 50, 10_000),
            nowNanos::get,
            new Random(1));
    private PrimaryDouble primary;

    @BeforeEach
    void start() throws IOException {
        primary = new PrimaryDouble();
    }

    @AfterEach
    void stop() throws IOException {
        primary.close();
    }

    @Test
    void transfer_severalMessages_isTheZone() throws Exception {
        primary.serial(17).lines("www.example.org. 30 A 192.0.2.1", "example.org. 30 NS www.example.org.");

        Zone zone = client.transfer(ZONE, primary.address());

        assertThat(zone.serial()).isEqualTo(17);
        assertThat(owners(zone)).containsExactlyInAnyOrder("example.org.", "example.org.", "www.example.org.");
        assertThat(client.serial(ZONE, primary.address())).isEqualTo(17);
        assertThat(primary.asked()).containsExactly("AXFR", "SOA");
    }

    @Test
    void transfer_laterMessagesWithoutQuestion_isTheZone() throws Exception {
        primary.answers(messages -> {
            messages.stream().skip(1).forEach(message -> message.removeAllRecords(Section.QUESTION));
            return messages;
        });

        assertThat(owners(client.transfer(ZONE, primary.address())))
                .containsExactlyInAnyOrder("example.org.", "www.example.org.");
    }

    @Test
    void transfer_oneMessage_isTheZone() throws Exception {
        primary.answers(PrimaryClientTest::joined);

        assertThat(owners(client.transfer(ZONE, primary.address()))).hasSize(2);
    }

    private static List<Message> joined(List<Message> messages) {
        for (Message other : messages.subList(1, messages.size())) {
            other.getSection(Section.ANSWER)
                    .forEach(record -> messages.getFirst().addRecord(record, Section.ANSWER));
        }
        return messages.subList(0, 1);
    }

    @Test
    void transfer_withoutEnd_stopsAtTheLimits() {
        primary.answers(messages -> Collections.nCopies(100_000, messages.get(1)));
        assertFault("transfer starts with A, expected SOA");

        primary.answers(messages -> {
            List<Message> endless = new ArrayList<>(messages.subList(0, 1));
            endless.addAll(Collections.nCopies(100_000, messages.get(1)));
            return endless;
        });
        assertFault("zone is over 50 records or 10000 octets");
    }

    @Test
    void transfer_largeRecords_stopAtTheLimits() {
        primary.lines("www.example.org. 30 TXT " + ("\"" + "x".repeat(250) + "\" ").repeat(50));

        assertFault("zone is over 50 records or 10000 octets");
    }

    @Test
    void transfer_slowerThanAllowed_isGivenUp() {
        // Each message takes a minute of the clock.
        primary.octets(message -> {
            nowNanos.addAndGet(Duration.ofMinutes(1).toNanos());
            return message;
        });

        assertFault("not done after PT1M");
    }

    @Test
    void transfer_primaryThatSaysNothing_isGivenUp() throws Exception {
        PrimaryClient hasty = new PrimaryClient(
                new TransferLimits(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(1), 50, 10_000),
                nowNanos::get,
                new Random(1));
        try (ServerSocket silent = new ServerSocket(0, 1, primary.address().getAddress())) {
            assertThatThrownBy(() -> hasty.transfer(
                            ZONE, new java.net.InetSocketAddress(silent.getInetAddress(), silent.getLocalPort())))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void transfer_primaryThatBreaksOff_isNoZone() {
        primary.answers(messages -> messages.subList(0, 2));

        assertThatThrownBy(() -> client.transfer(ZONE, primary.address())).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.REFUSED, Rcode.NOTAUTH, Rcode.SERVFAIL})
    void transfer_refused_saysSo(int rcode) {
        primary.answers(messages -> {
            messages.forEach(message -> message.getHeader().setRcode(rcode));
            return messages;
        });

        assertFault("rcode was " + Rcode.string(rcode));
    }

    @Test
    void transfer_otherId_isNotTaken() {
        primary.octets(message -> {
            message[0] ^= 1;
            return message;
        });

        assertFault("not a response to this query");
    }

    @Test
    void transfer_emptyMessage_isNotTaken() {
        primary.answers(messages -> {
            messages.get(1).removeAllRecords(Section.ANSWER);
            return messages;
        });

        assertFault("message without records in the transfer");
    }

    @Test
    void transfer_otherSerialAtTheEnd_isNotTaken() {
        primary.octets(message -> {
            primary.serial(2);
            return message;
        });
        primary.answers(messages -> {
            byte[] last = messages.getLast().toWire();
            last[last.length - 17]++;
            try {
                return List.of(messages.get(0), messages.get(1), new Message(last));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertFault("transfer from serial 1 to 2");
    }

    @Test
    void transfer_recordOfAnotherZone_makesNoZone() {
        primary.lines("www.example.net. 30 A 192.0.2.1");

        assertThatThrownBy(() -> client.transfer(ZONE, primary.address())).isInstanceOf(ZoneException.class);
    }

    @Test
    void transfer_afterClose_isRefused() {
        client.close();

        assertFault("closed");
    }

    @Test
    void transfer_damagedOctets_isAZoneOrAFault() {
        long seed = System.nanoTime();
        System.out.println("PrimaryClientTest: seed " + seed);
        Random random = new Random(seed);
        primary.lines("www.example.org. 30 MX 10 mail.example.org.", "a.b.example.org. 30 SRV 1 2 3 www.example.org.");
        primary.octets(message -> {
            message[12 + random.nextInt(message.length - 12)] = (byte) random.nextInt(256);
            return message;
        });
        int zones = 0;
        for (int i = 0; i < 200; i++) {
            try {
                client.transfer(ZONE, primary.address());
                zones++;
            } catch (IOException | ZoneException e) {
                assertThat(e.getMessage()).as("seed %d, transfer %d", seed, i).isNotNull();
            }
        }
        assertThat(zones).isPositive();
    }

    private void assertFault(String message) {
        assertThatThrownBy(() -> client.transfer(ZONE, primary.address()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private static List<String> owners(Zone zone) {
        List<String> owners = new ArrayList<>();
        zone.forEachRecord(record -> owners.add(record.owner().toString()));
        return owners;
    }
}
