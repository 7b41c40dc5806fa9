package org.cairndns.plugin.transfer;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.cairndns.wire.DomainName;

/**
 * Sender of NOTIFY to the hosts of the rules, at most one at a time for each zone and host.
 *
 * <p>Any thread; its lock guards the table. Sockets are opened and read on the background pool and never waited for.
 */
final class Notifier {
    private record Target(DomainName zone, InetSocketAddress host) {}

    private final TransferRules rules;
    private final ScheduledExecutorService background;
    private final RandomGenerator random;
    private final Map<Target, NotifyExchange> running = new HashMap<>();
    private boolean stopped;

    Notifier(TransferRules rules, ScheduledExecutorService background, RandomGenerator random) {
        this.rules = rules;
        this.background = background;
        this.random = random;
    }

    /** Tells the hosts that a zone changed. */
    synchronized void changed(DomainName zone) {
        Optional<TransferRule> rule = rules.find(zone);
        if (rule.isPresent() && !stopped) {
            rule.get().hosts().forEach(host -> start(new Target(zone, host), rule.get()));
        }
    }

    private void start(Target target, TransferRule rule) {
        NotifyExchange known = running.get(target);
        if (known != null) {
            known.repeat();
            return;
        }
        NotifyExchange.Message message =
                new NotifyExchange.Message(target.zone(), target.host(), rule.source(), random.nextInt(1 << 16));
        NotifyExchange exchange = new NotifyExchange(message, background, ended -> ended(target, rule, ended));
        running.put(target, exchange);
        exchange.start();
    }

    private synchronized void ended(Target target, TransferRule rule, NotifyExchange exchange) {
        running.remove(target, exchange);
        // Asked under the same lock as changes are noted, so that none is missed.
        if (exchange.isToBeRepeated() && !stopped) {
            start(target, rule);
        }
    }

    /** Sends no more. */
    synchronized void stop() {
        stopped = true;
        running.values().forEach(NotifyExchange::stop);
        running.clear();
    }
}
