package org.cairndns.plugin.health.status;

import org.cairndns.plugin.spi.Overview;

/** The top of the page: which server, how it is in one word, what runs in it. */
final class HeaderPart {
    private static final int HASH_CHARACTERS = 10;

    private HeaderPart() {}

    static void write(Status status, Markup out) {
        Overview overview = status.server().overview();
        out.begin("header");
        out.begin("div", "class", "title")
                .empty("img", "src", "status.svg", "alt", "", "width", "40", "height", "40")
                .begin("div")
                .element("h1", "Cairn")
                .element("p", status.server().name(), "class", "name")
                .end()
                .element("p", words(status), "class", "state " + status.state().label(), "role", "status")
                .end();
        out.begin("dl", "class", "facts");
        fact(out, "Version", status.server().version());
        fact(out, "Up for", Wording.age(status.moment().secondsSince(overview.startedNanos())));
        fact(
                out,
                "Corefile",
                hash(status.server().hash()) + ", for "
                        + Wording.age(
                                status.moment().secondsSince(overview.corefile().sinceNanos())));
        fact(out, "Reloads", reloads(overview.corefile()));
        out.end().end();
    }

    /** The state in words. */
    static String words(Status status) {
        return switch (status.state()) {
            case OK -> "All well";
            case DEGRADED -> Wording.count(status.troubles().lasting().size(), "thing is", "things are") + " wrong";
            case NOT_READY -> "Not ready: " + String.join(", ", status.server().notReady());
            case STOPPING -> "About to end";
        };
    }

    private static void fact(Markup out, String name, String value) {
        out.begin("div").element("dt", name).element("dd", value).end();
    }

    private static String hash(String hash) {
        return hash.length() > HASH_CHARACTERS ? hash.substring(0, HASH_CHARACTERS) : hash;
    }

    private static String reloads(Overview.Corefile corefile) {
        String failed =
                corefile.failedReloads() == 0 ? "" : ", " + Wording.number(corefile.failedReloads()) + " refused";
        String now = corefile.refused() ? " (the one on the disk is)" : "";
        return Wording.number(corefile.reloads()) + failed + now;
    }
}
