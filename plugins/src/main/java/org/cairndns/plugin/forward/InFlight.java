package org.cairndns.plugin.forward;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges under way on one connection by message id.
 *
 * <p>Open addressing with linear probing; ids are random, so they are their own hash. At most half of the slots are
 * taken. For one event loop.
 */
final class InFlight {
    private static final int FIRST_SLOTS = 16;

    private @Nullable Exchange[] slots = new Exchange[FIRST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    /** The exchange with an id, or null. */
    @Nullable
    Exchange find(int id) {
        int mask = slots.length - 1;
        for (int slot = id & mask; ; slot = slot + 1 & mask) {
            Exchange exchange = slots[slot];
            if (exchange == null || exchange.id == id) {
                return exchange;
            }
        }
    }

    /** Adds an exchange, whose id must be free. */
    void add(Exchange exchange) {
        if (2 * ++size > slots.length) {
            grow();
        }
        insert(exchange);
    }

    private void insert(Exchange exchange) {
        int mask = slots.length - 1;
        int slot = exchange.id & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = exchange;
    }

    private void grow() {
        @Nullable Exchange[] before = slots;
        slots = new Exchange[2 * before.length];
        for (Exchange exchange : before) {
            if (exchange != null) {
                insert(exchange);
            }
        }
    }

    /** Removes an exchange that is there. */
    void remove(Exchange exchange) {
        int mask = slots.length - 1;
        int hole = exchange.id & mask;
        for (Exchange at = slots[hole]; at == null || at.id != exchange.id; at = slots[hole]) {
            hole = hole + 1 & mask;
        }
        size--;
        // What follows moves up, unless it would come to stand before the slot its id asks for.
        int slot = hole;
        while (true) {
            slot = slot + 1 & mask;
            Exchange moving = slots[slot];
            if (moving == null) {
                slots[hole] = null;
                return;
            }
            if ((slot - moving.id & mask) >= (slot - hole & mask)) {
                slots[hole] = moving;
                hole = slot;
            }
        }
    }

    /** The exchanges in no order. */
    Exchange[] all() {
        Exchange[] all = new Exchange[size];
        int count = 0;
        for (Exchange exchange : slots) {
            if (exchange != null) {
                all[count++] = exchange;
            }
        }
        return all;
    }

    void clear() {
        Arrays.fill(slots, null);
        size = 0;
    }
}
