package org.cairndns.plugin.loadbalance;

import java.util.List;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;

/** Order of the addresses in a section of a response. Any thread. */
interface AddressOrder {
    /** Whether responses to queries for this {@link RecordType} are put in order. */
    boolean appliesTo(int qtype);

    /** Puts two or more A and AAAA records of class IN in order, in place. */
    void arrange(List<ResourceRecord> addresses);
}
