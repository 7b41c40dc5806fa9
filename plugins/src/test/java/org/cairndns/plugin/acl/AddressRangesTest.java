package org.cairndns.plugin.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cairndns.corefile.Cidr;
import org.cairndns.zone.IpAddress;
import org.junit.jupiter.api.Test;

class AddressRangesTest {
    @Test
    void contains_randomNetworks_sameAsAskingEachOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Cidr> networks = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                networks.add(new Cidr(address(random).toInetAddress(), random.nextInt(129)));
            }
            AddressRanges ranges = new AddressRanges(networks);
            for (int i = 0; i < 100; i++) {
                IpAddress address = address(random);
                assertThat(ranges.contains(address))
                        .as("seed %s, %s in %s", seed, address, networks)
                        .isEqualTo(networks.stream().anyMatch(network -> network.contains(address.toInetAddress())));
            }
        }
    }

    /** One of few addresses, so that networks meet. */
    private static IpAddress address(Random random) {
        return new IpAddress(
                0x2001_0db8_0000_0000L + random.nextInt(4), ((long) random.nextInt(4) << 62) + random.nextInt(8));
    }
}
