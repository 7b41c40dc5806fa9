package org.cairndns.plugin.spi;

/**
 * A trouble that may stay for long and is met again and again, so that it is logged once.
 *
 * <p>Not thread-safe.
 */
public final class Trouble {
    private String message = "";

    /** Takes a trouble that was met; true if it is another one than the last time, to be logged. */
    public boolean isNews(String met) {
        boolean news = !met.equals(message);
        message = met;
        return news;
    }

    /** All went well: the same trouble would be news. */
    public void end() {
        message = "";
    }
}
