package org.cairndns.plugin.nsid;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.HostName;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code nsid [TEXT...]}, once per server block. */
public final class NsidPlugin implements Plugin {
    /** What fits beside a question and the heads of the records into the smallest UDP message. */
    private static final int MAX_OCTETS = 128;

    @Override
    public String name() {
        return "nsid";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.noBlock();
        String text = option.args().isEmpty()
                ? HostName.of(context.server())
                : String.join(" ", option.directive().argTexts());
        byte[] identifier = text.getBytes(StandardCharsets.UTF_8);
        if (identifier.length > MAX_OCTETS) {
            option.fail("bad value for 'nsid', expected at most " + MAX_OCTETS + " octets of text, got "
                    + identifier.length);
        }
        context.handler(next -> new NsidHandler(next, identifier));
    }
}
