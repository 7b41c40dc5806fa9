package org.cairndns.plugin.bind;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>bind ADDRESS|INTERFACE... { except ADDRESS|INTERFACE... }</code>; its occurrences add up. */
public final class BindPlugin implements Plugin {
    private final NetworkInterfaces interfaces;

    public BindPlugin() {
        this(NetworkInterfaces.ofThisMachine());
    }

    BindPlugin(NetworkInterfaces interfaces) {
        this.interfaces = interfaces;
    }

    @Override
    public String name() {
        return "bind";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        Set<InetAddress> all = new LinkedHashSet<>();
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            Set<InetAddress> addresses = addresses(option);
            boolean some = !addresses.isEmpty();
            for (OptionReader except : option.properties(List.of("except"))) {
                addresses.removeAll(addresses(except));
            }
            // No address at all would mean to listen everywhere, the opposite of what is written.
            if (some && addresses.isEmpty()) {
                option.fail("'except' leaves no address to listen on, expected at least one");
            }
            all.addAll(addresses);
        }
        context.settings().bindAddresses().addAll(all);
    }

    private Set<InetAddress> addresses(OptionReader option) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        option.hasArgs(1, Integer.MAX_VALUE);
        for (Token token : option.args()) {
            String text = token.text();
            List<InetAddress> ofInterface = interfaces.addresses(text);
            addresses.addAll(ofInterface);
            if (ofInterface.isEmpty()) {
                new HostPort(text, 0).address().ifPresentOrElse(addresses::add, () -> unknown(token, option));
            }
        }
        return addresses;
    }

    private static void unknown(Token token, OptionReader option) {
        String message = "bad value for '" + option.name()
                + "', expected an IP address or the name of a network interface with one, got '" + token.text() + "'";
        boolean maybeInterface = token.text().chars().anyMatch(Character::isLetter)
                && token.text().indexOf(':') < 0;
        if (maybeInterface) {
            option.problems().missing(token.position(), message);
        } else {
            option.problems().add(token.position(), message);
        }
    }
}
