package org.cairndns.plugin.dns64;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;

/** Reader of the {@code dns64} directive; one object reads one directive. */
final class Dns64ConfigReader {
    private static final List<String> PROPERTIES = List.of("prefix", "translate_all", "allow_ipv4");

    private Nat64Prefix prefix = Nat64Prefix.WELL_KNOWN;
    private boolean translateAll;
    private boolean allowIpv4;

    private Dns64ConfigReader() {}

    /** The configuration of a block's directive; what is wrong goes to {@code problems}. */
    static Dns64Config read(List<Directive> occurrences, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        Dns64ConfigReader reader = new Dns64ConfigReader();
        if (option.hasArgs(0, 1) && !option.args().isEmpty()) {
            reader.prefix(option);
        }
        option.properties(PROPERTIES).forEach(reader::property);
        return new Dns64Config(reader.prefix, reader.translateAll, reader.allowIpv4);
    }

    private void property(OptionReader property) {
        switch (property.name()) {
            case "prefix" -> {
                if (property.hasArgs(1)) {
                    prefix(property);
                }
            }
            case "translate_all" -> translateAll |= property.hasArgs(0);
            case "allow_ipv4" -> allowIpv4 |= property.hasArgs(0);
            default -> throw new IllegalArgumentException(property.name());
        }
    }

    private void prefix(OptionReader option) {
        option.cidr(0).ifPresent(cidr -> {
            if (Nat64Prefix.fits(cidr)) {
                prefix = Nat64Prefix.of(cidr);
            } else {
                option.problems()
                        .add(
                                option.args().getFirst().position(),
                                "bad value for '" + option.name()
                                        + "', expected an IPv6 network with a prefix length of 32 to 96 in steps of 8,"
                                        + " got '" + option.args().getFirst().text() + "'");
            }
        });
    }
}
