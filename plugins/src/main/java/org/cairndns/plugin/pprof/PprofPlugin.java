package org.cairndns.plugin.pprof;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.HttpAddress;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>pprof [ADDRESS] { block [RATE] }</code>. */
public final class PprofPlugin implements Plugin {
    private static final HostPort STANDARD_ADDRESS = new HostPort("localhost", 6053);
    private static final IntegerBounds RATE = new IntegerBounds(1, Integer.MAX_VALUE, 1);

    /** One for the process: a second recording at a time would measure the first. */
    private record RecorderKey() {}

    @Override
    public String name() {
        return "pprof";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.hasArgs(0, 1);
        InetSocketAddress address = HttpAddress.read(option, STANDARD_ADDRESS);
        Optional<Duration> block = Optional.empty();
        for (OptionReader property : option.properties(List.of("block"))) {
            int rate =
                    property.hasArgs(0, 1) && !property.args().isEmpty() ? property.integer(0, RATE) : RATE.standard();
            block = Optional.of(Duration.ofNanos(rate));
        }
        Recorder recorder = context.shared(new RecorderKey(), Recorder::new);
        HttpEndpoints http = context.server().http();
        http.serve(address, ProfileIndex.PATH, new ProfileIndex());
        http.serve(address, ProfileIndex.PATH + "/", new ProfileIndex());
        http.serve(address, ProfileIndex.PATH + "/profile", new RecordingPage(recorder, block));
        http.serve(address, ProfileIndex.PATH + "/goroutine", Snapshots::threads);
        http.serve(address, ProfileIndex.PATH + "/heap", Snapshots::heap);
    }
}
