package org.cairndns.kubernetes;

/** An object of the API as the index has it: when it was seen last, and in which revision. Writer thread only. */
abstract class Listed {
    private int seenInList;
    private int revision;

    /** Number of the list or comparison that saw the object last. */
    final int seenInList() {
        return seenInList;
    }

    final void seenInList(int list) {
        seenInList = list;
    }

    /** The source's number for the form that the object was reported in last. */
    final int revision() {
        return revision;
    }

    final void revision(int number) {
        revision = number;
    }
}
