package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;
import org.junit.jupiter.api.Test;

class AddressTableTest {
    private final AddressTable<String> table = new AddressTable<>();

    @Test
    void owners_ofOneAddress_areThereInTheirOrderAndOnce() {
        IpAddress address = address("10.1.2.3");

        table.add(address, "a");
        table.add(address, "b");
        table.add(address, "a");
        table.add(address, "c");
        assertThat(table.owners(address)).containsExactly("a", "b", "c");

        table.remove(address, "b");
        table.remove(address, "nobody");
        assertThat(table.owners(address)).containsExactly("a", "c");
        table.remove(address, "a");
        assertThat(table.owners(address)).containsExactly("c");
        table.remove(address, "nobody");
        table.remove(address, "c");
        assertThat(table.owners(address)).isEmpty();
    }

    @Test
    void replace_oneOfTheOwners_keepsItsPlace() {
        IpAddress address = address("fd00:1::5:6");

        table.replace(address, "nobody", "a");
        assertThat(table.owners(address)).containsExactly("a");
        table.replace(address, "a", "b");
        assertThat(table.owners(address)).containsExactly("b");
        table.add(address, "c");
        table.replace(address, "b", "d");
        table.replace(address, "nobody", "e");
        assertThat(table.owners(address)).containsExactly("d", "c", "e");
    }

    @Test
    void anyBelow_partOfAReverseName_seesAddressesUnderIt() {
        table.add(address("10.1.2.3"), "a");
        table.add(address("fd00:1::5:6"), "b");

        assertThat(anyBelow("1.10.in-addr.arpa.")).isTrue();
        assertThat(anyBelow("3.2.1.10.in-addr.arpa.")).isTrue();
        assertThat(anyBelow("2.10.in-addr.arpa.")).isFalse();
        assertThat(anyBelow("d.f.ip6.arpa.")).isTrue();
        assertThat(anyBelow("0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa.")).isTrue();
        assertThat(anyBelow("2.0.0.0.0.0.d.f.ip6.arpa.")).isFalse();
        assertThat(anyBelow(ReverseName.of(address("fd00:1::5:6")).toString())).isTrue();
        assertThat(anyBelow(ReverseName.of(address("fd00:1::5:6")).parent().toString()))
                .isTrue();
        assertThat(anyBelow(ReverseName.of(address("fd00:1::6:6")).toString())).isFalse();
        assertThat(anyBelow("example.")).isFalse();

        table.remove(address("fd00:1::5:6"), "b");
        assertThat(anyBelow("d.f.ip6.arpa.")).isFalse();
        table.remove(address("fd00:1::5:6"), "b");
    }

    @Test
    void changes_atRandom_leaveWhatAMapOfListsHas() {
        long seed = System.nanoTime();
        System.out.println("AddressTableTest seed " + seed);
        Random random = new Random(seed);
        Map<IpAddress, List<String>> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            IpAddress address = random.nextBoolean()
                    ? IpAddress.ofIpv4(0x0a00_0000 | random.nextInt(200))
                    : new IpAddress(0xfd00_0000_0000_0000L | random.nextInt(5), random.nextInt(40));
            String owner = "o" + random.nextInt(3);
            List<String> owners = model.computeIfAbsent(address, unused -> new ArrayList<>());
            if (random.nextBoolean()) {
                table.add(address, owner);
                if (!owners.contains(owner)) {
                    owners.add(owner);
                }
            } else {
                table.remove(address, owner);
                owners.remove(owner);
            }
            assertThat(table.owners(address)).as("seed %d, step %d", seed, i).isEqualTo(owners);
        }
        model.forEach((address, owners) -> assertThat(table.owners(address)).isEqualTo(owners));
    }

    private boolean anyBelow(String name) {
        return table.anyBelow(ReverseName.parse(DomainName.of(name)));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
