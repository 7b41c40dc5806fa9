package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameOffsetsTest {
    private final NameOffsets offsets = new NameOffsets();
    private final byte[] message = new byte[0x5000];

    @Test
    void find_suffixesOfAddedName_givesTheirPositions() {
        DomainName name = write("a.b.example.com.", 12);
        offsets.add(name, name.length() - 1, 12);

        assertThat(offsets.find(name, 0, message)).isEqualTo(12);
        assertThat(offsets.find(name, 2, message)).isEqualTo(14);
        assertThat(offsets.find(DomainName.of("x.example.com."), 2, message)).isEqualTo(16);
        assertThat(offsets.find(DomainName.of("com."), 0, message)).isEqualTo(24);
    }

    @Test
    void find_otherName_findsNothing() {
        DomainName name = write("a.example.com.", 12);
        offsets.add(name, name.length() - 1, 12);

        assertThat(offsets.find(DomainName.of("b.example.com."), 0, message)).isEqualTo(-1);
        assertThat(offsets.find(DomainName.of("A.example.com."), 0, message)).isEqualTo(-1);
        assertThat(offsets.find(DomainName.of("example."), 0, message)).isEqualTo(-1);
        assertThat(offsets.find(DomainName.of("example.com.net."), 0, message)).isEqualTo(-1);
    }

    @Test
    void find_nameThatEndsInPointer_followsIt() {
        DomainName suffix = write("example.com.", 12);
        offsets.add(suffix, suffix.length() - 1, 12);
        DomainName name = DomainName.of("www.example.com.");
        name.copyTo(message, 100);
        message[104] = (byte) 0xc0;
        message[105] = 12;
        offsets.add(name, 4, 100);

        assertThat(offsets.find(name, 0, message)).isEqualTo(100);
        assertThat(offsets.find(name, 4, message)).isEqualTo(12);
    }

    @Test
    void add_behindLastPointerTarget_isForgotten() {
        DomainName reachable = write("ab.cd.", 0x3ffd);
        offsets.add(reachable, reachable.length() - 1, 0x3ffd);

        assertThat(offsets.find(reachable, 0, message)).isEqualTo(0x3ffd);
        assertThat(offsets.find(reachable, 3, message)).isEqualTo(-1);
    }

    @Test
    void find_amongManyNamesWithEqualHashes_givesTheRightOne() {
        for (int i = 0; i < 128; i++) {
            DomainName name = collidingName(i);
            name.copyTo(message, 12 + 16 * i);
            offsets.add(name, name.length() - 1, 12 + 16 * i);
        }
        for (int i = 0; i < 128; i++) {
            assertThat(collidingName(i).hashCode()).isEqualTo(collidingName(0).hashCode());
            assertThat(offsets.find(collidingName(i), 0, message)).isEqualTo(12 + 16 * i);
        }
    }

    /** Names of 16 octets with one hash: 31 * 'b' + 1 is 31 * 'a' + 32. */
    private static DomainName collidingName(int number) {
        StringBuilder label = new StringBuilder();
        for (int bit = 0; bit < 7; bit++) {
            label.append((number >> bit & 1) == 0 ? "b\1" : "a ");
        }
        return DomainName.prepend(label.toString(), DomainName.ROOT);
    }

    private DomainName write(String text, int position) {
        DomainName name = DomainName.of(text);
        name.copyTo(message, position);
        return name;
    }
}
