package org.cairndns.kubernetes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.charset.StandardCharsets;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Tables that are read without a lock while they change: what is there all the time is found all the time. */
public final class TableRaces {
    private static final int FULL_CHUNK = 64;

    private TableRaces() {}

    /** A table that grows, and loses what was in the chain of the element looked for. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "found")
    @Outcome(expect = FORBIDDEN, desc = "lost")
    @State
    public static class Labels {
        private record Name(byte[] label) implements LabelTable.Labelled {}

        private final Name kept = name("kept");
        private final Name gone = name("gone");
        private final Name[] more = {name("a"), name("b"), name("c"), name("d")};
        private final LabelTable<Name> table = new LabelTable<>(4711);

        public Labels() {
            table.add(kept);
            table.add(gone);
        }

        private static Name name(String text) {
            return new Name(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Actor
        public void write() {
            for (Name name : more) {
                table.add(name);
            }
            table.remove(gone);
            for (Name name : more) {
                table.remove(name);
            }
        }

        @Actor
        public void read(ZZ_Result result) {
            result.r1 = table.find(kept.label()) == kept;
            result.r2 = table.elements().contains(kept);
        }
    }

    /** A chunk that is split, then joined with its neighbour. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "found")
    @Outcome(expect = FORBIDDEN, desc = "lost")
    @State
    public static class Chunks {
        private static final int LOW = 1;
        private static final int HIGH = FULL_CHUNK - 2;

        private final SortedLongTable<String> table = new SortedLongTable<>();

        public Chunks() {
            for (int key = 0; key < FULL_CHUNK; key++) {
                table.put(key, "");
            }
        }

        @Actor
        public void write() {
            table.put(FULL_CHUNK, "");
            for (int key = LOW + 1; key < HIGH; key++) {
                table.remove(key);
            }
        }

        @Actor
        public void read(ZZ_Result result) {
            result.r1 = table.get(LOW) != null;
            result.r2 = table.get(HIGH) != null;
        }
    }

    /** A key that takes the place of one in another chunk. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "one of both is there")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "none is there")
    @State
    public static class Between {
        private static final int CHUNK = 48;
        private static final long FIRST = 1_000;
        private static final long LAST = 2_000;

        private final SortedLongTable<String> table = new SortedLongTable<>();

        public Between() {
            long[] keys = new long[2 * CHUNK];
            Object[] values = new Object[keys.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = i < CHUNK ? i : LAST + i - CHUNK;
                values[i] = "";
            }
            table.fill(keys, values, keys.length);
        }

        @Actor
        public void write() {
            table.put(FIRST, "");
            table.remove(LAST);
        }

        @Actor
        public void read(Z_Result result) {
            result.r1 = table.anyBetween(FIRST, LAST);
        }
    }
}
