package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;

/** Name of a service in a zone: {@code S.NS.svc.zone}, in the letter case of the objects. */
final class ServiceName {
    static final String SVC = "svc";

    private ServiceName() {}

    static DomainName of(ServiceSlot slot, DomainName zone) {
        DomainName services = DomainName.prepend(SVC, zone);
        return DomainName.prepend(
                slot.name(), DomainName.prepend(slot.namespace().name(), services));
    }
}
