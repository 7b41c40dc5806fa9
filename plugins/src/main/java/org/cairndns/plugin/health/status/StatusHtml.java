package org.cairndns.plugin.health.status;

import java.util.List;

/** A status as a page for people, whole without its script. */
final class StatusHtml {
    /** Something that the page shows, or leaves out where there is nothing to show. */
    @FunctionalInterface
    interface Part {
        /** Writes it. */
        void write(Status status, Markup out);
    }

    private static final List<Part> PARTS = List.of(
            ConditionParts::lasting,
            TrafficParts::figures,
            TrafficParts::plots,
            StatusHtml::explain,
            SourceParts::upstreams,
            SourceParts::sources,
            BlockPart::write,
            FailurePart::write,
            ConditionParts::ended);

    private StatusHtml() {}

    static String of(Status status) {
        Markup out = new Markup();
        out.begin("html", "lang", "en");
        head(status, out);
        out.begin("body").begin("div", "id", "status");
        HeaderPart.write(status, out);
        out.begin("main");
        PARTS.forEach(part -> part.write(status, out));
        out.end();
        footer(out);
        out.end().end().end();
        return out.whole();
    }

    private static void head(Status status, Markup out) {
        out.begin("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .element(
                        "title",
                        HeaderPart.words(status) + " \u00b7 " + status.server().name() + " \u00b7 Cairn")
                .empty("link", "rel", "icon", "type", "image/svg+xml", "href", "status.svg")
                .empty("link", "rel", "stylesheet", "href", "status.css")
                .begin("script", "src", "status.js", "defer", "")
                .end()
                .end();
    }

    /** A place for the box that explains a name. */
    private static void explain(Status status, Markup out) {
        out.begin("section", "id", "explain", "hidden", "").end();
    }

    private static void footer(Markup out) {
        out.begin("footer")
                .begin("p")
                .element("span", "Read-only. ", "id", "fresh")
                .element("a", "The same as JSON", "href", "status.json")
                .text(" \u00b7 ")
                .element("a", "Health", "href", "health")
                .end()
                .end();
    }
}
