package org.cairndns.kubernetes;

/** The receiver of the addresses that services may have from now on. */
@FunctionalInterface
interface ReverseEntries {
    /** The service may have these. */
    void add(Addresses addresses, ServiceSlot slot);

    /** Enters them into the table one by one. */
    static ReverseEntries into(AddressTable<ServiceSlot> table) {
        return (addresses, slot) -> {
            for (int i = 0; i < addresses.size(); i++) {
                table.add(addresses.get(i), slot);
            }
        };
    }
}
