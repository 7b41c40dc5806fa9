package org.cairndns.plugin.kubernetes;

import java.util.Optional;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.plugin.spi.TransferSource;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.wire.DomainName;

/** Zones of a cluster as zone transfers hand them over. */
record ClusterTransfers(ClusterZone zones) implements TransferSource {
    @Override
    public Optional<TransferableZone> zone(DomainName apex) {
        return zones.transfer(apex)
                .map(transfer -> transfer.synced()
                        ? new TransferableZone.Ready(transfer.soa(), transfer.records())
                        : new TransferableZone.Unready("the cluster is not read yet"));
    }
}
