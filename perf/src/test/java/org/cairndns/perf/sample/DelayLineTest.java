package org.cairndns.perf.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class DelayLineTest {
    private static final SocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5353);

    @Test
    void removeFirst_twoInLine_leaveInTheOrderTheyCameIn() {
        DelayLine line = new DelayLine();
        add(line, 1, 1000);
        add(line, 2, 2000);

        assertThat(line.nanosToFirst(400)).isEqualTo(600);
        assertThat(line.firstBuffer().get(0)).isEqualTo((byte) 1);
        line.removeFirst();

        assertThat(line.nanosToFirst(2500)).isEqualTo(-500);
        assertThat(line.firstBuffer().get(0)).isEqualTo((byte) 2);
        line.removeFirst();
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void add_moreThanThereIsRoomFor_isFullUntilOneLeaves() {
        DelayLine line = new DelayLine();
        int added = 0;
        while (!line.isFull()) {
            add(line, added++, 0);
        }

        line.removeFirst();
        assertThat(line.isFull()).isFalse();
        add(line, 7, 0);
        assertThat(line.isFull()).isTrue();
        assertThat(line.firstBuffer().get(0)).isEqualTo((byte) 1);
    }

    private static void add(DelayLine line, int octet, long due) {
        line.free().put(0, (byte) octet);
        line.add(CLIENT, due);
    }
}
