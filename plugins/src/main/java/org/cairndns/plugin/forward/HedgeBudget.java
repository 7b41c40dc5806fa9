package org.cairndns.plugin.forward;

/**
 * How many queries may be sent to a second upstream because the first one is late: a share of all, however many are late.
 *
 * <p>Every query earns a part of one, up to a stock for when an upstream goes away. For one event loop.
 */
final class HedgeBudget {
    private static final int WHOLE = 100;
    private static final int MAX_STOCK = 50;

    private final int percent;
    private int stock;

    /**
     * A budget with a full stock.
     *
     * @param percent queries sent twice out of 100; 0 for none ever
     */
    HedgeBudget(int percent) {
        this.percent = percent;
        this.stock = percent == 0 ? 0 : MAX_STOCK * WHOLE;
    }

    /** A query came. */
    void earn() {
        stock = Math.min(MAX_STOCK * WHOLE, stock + percent);
    }

    /** True if {@link #spend} takes what one query more costs. */
    boolean has() {
        return stock >= WHOLE;
    }

    /** True if there are such queries, but none is left now. */
    boolean isUsedUp() {
        return percent > 0 && !has();
    }

    /** Takes what one query more costs; false if it is not there. */
    boolean spend() {
        if (!has()) {
            return false;
        }
        stock -= WHOLE;
        return true;
    }
}
