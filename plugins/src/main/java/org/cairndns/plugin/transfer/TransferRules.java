package org.cairndns.plugin.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.SuffixTable;

/** The rules of a server block by zone; the longest zone decides, of equal ones the first. Any thread. */
final class TransferRules {
    private final SuffixTable<Optional<TransferRule>> byZone;

    TransferRules(List<TransferRule> rules) {
        Map<DomainName, Optional<TransferRule>> zones = new HashMap<>();
        for (TransferRule rule : rules) {
            rule.zones().forEach(zone -> zones.putIfAbsent(zone, Optional.of(rule)));
        }
        this.byZone = new SuffixTable<>(zones);
    }

    /** The rule for a zone, empty if none is about it. */
    Optional<TransferRule> find(DomainName zone) {
        return byZone.find(zone, Optional.empty());
    }
}
