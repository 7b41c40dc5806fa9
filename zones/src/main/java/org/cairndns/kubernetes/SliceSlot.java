package org.cairndns.kubernetes;

/** Slice under its own name: which service has it and in what form. Writer thread only. */
final class SliceSlot extends Listed {
    private final ServiceSlot service;
    private final PackedSlice slice;

    SliceSlot(ServiceSlot service, PackedSlice slice, int seenInList) {
        this.service = service;
        this.slice = slice;
        seenInList(seenInList);
    }

    ServiceSlot service() {
        return service;
    }

    /** The same object as in the service's node. */
    PackedSlice slice() {
        return slice;
    }
}
