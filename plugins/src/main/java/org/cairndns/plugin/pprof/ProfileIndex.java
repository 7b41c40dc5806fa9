package org.cairndns.plugin.pprof;

import java.nio.charset.StandardCharsets;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;

/** Page that lists what there is. */
final class ProfileIndex implements Responder {
    static final String PATH = "/debug/pprof";

    private static final String TEXT =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Cairn: profiles</title></head><body>
            <h1>Profiles</h1>
            <ul>
            <li><a href="%1$s/profile?seconds=30">profile</a>: flight recording, for JDK Mission Control or "jfr print";
            ?seconds=N for its length, %2$d to %3$d, %4$d without</li>
            <li><a href="%1$s/goroutine">goroutine</a>: threads with their stacks, as text</li>
            <li><a href="%1$s/heap">heap</a>: live objects by class, as text; collects garbage first</li>
            </ul>
            </body></html>
            """.formatted(PATH, RecordingPage.MIN_SECONDS, RecordingPage.MAX_SECONDS, RecordingPage.USUAL_SECONDS);

    private final Page page = new Page(200, "text/html; charset=utf-8", TEXT.getBytes(StandardCharsets.UTF_8));

    @Override
    public Page get() {
        return page;
    }
}
