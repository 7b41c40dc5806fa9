package org.cairndns.kubernetes;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;

/**
 * The services that are reached from outside, which are few: one writer, any number of readers.
 *
 * <p>They lie beside the {@link ServiceNode}s so that all others need no octet more.
 */
final class ExternalTable {
    private final Map<ServiceSlot, ExternalService> services = new ConcurrentHashMap<>();
    private final AddressTable<ServiceSlot> byAddress = new AddressTable<>();
    private final ZoneSerial serial;

    ExternalTable(InstantSource clock) {
        this.serial = new ZoneSerial(clock);
    }

    /** How a service is reached, nothing if it is not. */
    ExternalService of(ServiceSlot slot) {
        return services.getOrDefault(slot, ExternalService.NONE);
    }

    /** Services that have or had the address a moment ago. */
    List<ServiceSlot> at(IpAddress address) {
        return byAddress.owners(address);
    }

    boolean hasAddressBelow(ReverseName name) {
        return byAddress.anyBelow(name);
    }

    /** Serial of the zones made of this: changes when an address, a port or a hostname does. */
    long serial() {
        return serial.value();
    }

    /** Number of changes so far. */
    long changes() {
        return serial.changes();
    }

    /** The service is reached in this way from now on; writer thread only. */
    void put(ServiceSlot slot, ExternalService service) {
        ExternalService before = of(slot);
        if (service.sameAs(before)) {
            return;
        }
        for (int i = 0; i < service.addresses().size(); i++) {
            byAddress.add(service.addresses().get(i), slot);
        }
        if (service.isEmpty()) {
            services.remove(slot);
        } else {
            services.put(slot, service);
        }
        for (int i = 0; i < before.addresses().size(); i++) {
            IpAddress address = before.addresses().get(i);
            if (!service.addresses().contains(address)) {
                byAddress.remove(address, slot);
            }
        }
        serial.advance();
    }
}
