package org.cairndns.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A query without its id.
 *
 * @param qname absolute, in zone-file form
 * @param qtype mnemonic, or TYPE and a number
 * @param qclass mnemonic
 * @param tcp over TCP instead of UDP
 * @param flags any of {@code rd}, {@code ad}, {@code cd}, joined by commas, or {@code -}
 */
record Question(String qname, String qtype, String qclass, EdnsForm edns, boolean tcp, String flags) {
    /** The form of {@link #toString()}: name, type, class, EDNS, transport, flags. */
    static Question parse(String text) {
        String[] words = text.strip().split(" +");
        return new Question(words[0], words[1], words[2], EdnsForm.valueOf(words[3]), words[4].equals("tcp"), words[5]);
    }

    String lowerCaseName() {
        return qname.toLowerCase(Locale.ROOT);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    byte[] toWire(int id) {
        try {
            Message query = new Message(id);
            query.addRecord(Record.newRecord(Name.fromString(qname), Type.value(qtype, true), DClass.value(qclass)), 0);
            if (has("rd")) {
                query.getHeader().setFlag(Flags.RD);
            }
            if (has("ad")) {
                query.getHeader().setFlag(Flags.AD);
            }
            if (has("cd")) {
                query.getHeader().setFlag(Flags.CD);
            }
            edns.addTo(query);
            return query.toWire();
        } catch (IOException e) {
            throw new UncheckedIOException(qname, e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", qname, qtype, qclass, edns.name(), tcp ? "tcp" : "udp", flags);
    }
}
