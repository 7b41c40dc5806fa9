package org.cairndns.kubernetes;

/** Slice under its own name: which service has it and in what form. Writer thread only. */
final class SliceSlot {
    private final ServiceSlot service;
    private final PackedSlice slice;

    /** Number of the list that put the slice last. */
    private int seenInList;

    SliceSlot(ServiceSlot service, PackedSlice slice, int seenInList) {
        this.service = service;
        this.slice = slice;
        this.seenInList = seenInList;
    }

    ServiceSlot service() {
        return service;
    }

    /** The same object as in the service's node. */
    PackedSlice slice() {
        return slice;
    }

    int seenInList() {
        return seenInList;
    }

    void seenInList(int list) {
        seenInList = list;
    }
}
