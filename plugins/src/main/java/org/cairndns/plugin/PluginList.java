package org.cairndns.plugin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cairndns.plugin.acl.AclPlugin;
import org.cairndns.plugin.any.AnyPlugin;
import org.cairndns.plugin.auto.AutoPlugin;
import org.cairndns.plugin.autopath.AutopathPlugin;
import org.cairndns.plugin.bind.BindPlugin;
import org.cairndns.plugin.bufsize.BufsizePlugin;
import org.cairndns.plugin.cache.CacheStore;
import org.cairndns.plugin.cache.CacheTtlLimits;
import org.cairndns.plugin.cancel.CancelPlugin;
import org.cairndns.plugin.chaos.ChaosPlugin;
import org.cairndns.plugin.debug.DebugPlugin;
import org.cairndns.plugin.dns64.Dns64Plugin;
import org.cairndns.plugin.erratic.ErraticPlugin;
import org.cairndns.plugin.errors.ErrorsPlugin;
import org.cairndns.plugin.file.FilePlugin;
import org.cairndns.plugin.forward.ForwardPlugin;
import org.cairndns.plugin.header.HeaderPlugin;
import org.cairndns.plugin.health.HealthPlugin;
import org.cairndns.plugin.hosts.HostsPlugin;
import org.cairndns.plugin.kubernetes.ExternalPlugin;
import org.cairndns.plugin.kubernetes.KubernetesPlugin;
import org.cairndns.plugin.loadbalance.LoadbalancePlugin;
import org.cairndns.plugin.local.LocalPlugin;
import org.cairndns.plugin.log.LogPlugin;
import org.cairndns.plugin.loop.LoopPlugin;
import org.cairndns.plugin.metadata.MetadataPlugin;
import org.cairndns.plugin.minimal.MinimalPlugin;
import org.cairndns.plugin.multisocket.MultisocketPlugin;
import org.cairndns.plugin.nsid.NsidPlugin;
import org.cairndns.plugin.pprof.PprofPlugin;
import org.cairndns.plugin.prometheus.PrometheusPlugin;
import org.cairndns.plugin.ready.ReadyPlugin;
import org.cairndns.plugin.reload.ReloadPlugin;
import org.cairndns.plugin.rewrite.RewritePlugin;
import org.cairndns.plugin.root.RootPlugin;
import org.cairndns.plugin.secondary.SecondaryPlugin;
import org.cairndns.plugin.shed.ShedPlugin;
import org.cairndns.plugin.spi.Place;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.template.TemplatePlugin;
import org.cairndns.plugin.timeouts.TimeoutsPlugin;
import org.cairndns.plugin.tls.TlsPlugin;
import org.cairndns.plugin.transfer.TransferPlugin;
import org.cairndns.plugin.view.ViewPlugin;
import org.cairndns.plugin.whoami.WhoamiPlugin;

/**
 * The directives in the order in which their handlers are nested, outermost first.
 *
 * <p>The order is CoreDNS's plugin.cfg with two changes: {@code view}, which only names things, comes first, and what {@code cache} keeps lies below every source whose data are
 * live, so that an answer from the cluster is never older than the last watch event.
 */
public final class PluginList {
    private final List<Plugin> plugins;

    private PluginList(List<Plugin> plugins) {
        this.plugins = List.copyOf(plugins);
    }

    /** The plugins that come with the server. */
    public static PluginList builtIn() {
        return new PluginList(
                Stream.concat(aboveAll().stream(), answering().stream()).toList());
    }

    /** What settles how the process works, or sees every query and every reply. */
    private static List<Plugin> aboveAll() {
        return List.of(
                // The files of all that follow may lie in its folder.
                new RootPlugin(),
                // Names the metrics of all that follow; as a handler it does nothing.
                new ViewPlugin(),
                // Remembers the query as it came in for all below.
                new MetadataPlugin(),
                // Gives up what is pending too long, whoever waits.
                new CancelPlugin(),
                // Settings of the block's sockets, in no one's way.
                new TimeoutsPlugin(),
                new MultisocketPlugin(),
                new ReloadPlugin(),
                // Signs every response, those to failures too.
                new NsidPlugin(),
                // Lowers what the client takes before anyone looks at it.
                new BufsizePlugin(),
                new BindPlugin(),
                new DebugPlugin(),
                // Stops being ready before health waits for clients to notice.
                new ReadyPlugin(),
                new HealthPlugin(),
                // Shows the process from outside, so where it stands does not matter.
                new PprofPlugin(),
                // A setting of the block's sockets too.
                new ShedPlugin(),
                // Measures what the client waits for, so all others are below.
                new PrometheusPlugin(),
                // Sees the failures of all that answer.
                new ErrorsPlugin(),
                // Shows the reply as the client gets it.
                new LogPlugin());
    }

    /** What answers, or changes what others answer. */
    private static List<Plugin> answering() {
        return List.of(
                // Names of the host itself are no one else's.
                new LocalPlugin(),
                // Sees what the sources and the cache below have, makes up what is missing.
                new Dns64Plugin(),
                // Keeps the largest answers from the sources.
                new AnyPlugin(),
                // Tells about this server itself, whatever else answers.
                new ChaosPlugin(),
                // Spreads load over the addresses of an answer, whoever gave it.
                new LoadbalancePlugin(),
                // Changes questions for all that answer or keep answers.
                new RewritePlugin(),
                // Asks all sources below for one name after the other.
                new AutopathPlugin(),
                // Decides before any source or cache is asked.
                new AclPlugin(),
                // Limits the TTLs of all answers from below.
                new CacheTtlLimits(),
                // Changes flags for all that answer from here on.
                new HeaderPlugin(),
                // Certificates of the block's encrypted servers.
                new TlsPlugin(),
                // Cuts what the sources below add to their answers.
                new MinimalPlugin(),
                // Rules of the owner's own go before names of the owner's own, as in CoreDNS.
                new TemplatePlugin(),
                // Hands over the zones of all sources below.
                new TransferPlugin(),
                // What the owner wrote by hand wins over what others say.
                new HostsPlugin(),
                // Names of its own zones, read by the one below.
                new ExternalPlugin(),
                // Live data of the cluster, so above whatever keeps answers.
                new KubernetesPlugin(),
                // Zones of the owner's own, changed by hand at any time, so above whatever keeps answers.
                new FilePlugin(),
                // As file; what is named there wins over what is found.
                new AutoPlugin(),
                // As file, from servers elsewhere.
                new SecondaryPlugin(),
                // Keeps what comes over the network only, so it lies below all that is live.
                new CacheStore(),
                // Counts what is about to be forwarded.
                new LoopPlugin(),
                new ForwardPlugin(),
                // Answers everything too; who asks for both tests clients with it.
                new ErraticPlugin(),
                // Answers everything, so it comes last.
                new WhoamiPlugin());
    }

    /** The plugins in order; a directive that acts at two places of the chain is there twice. */
    public List<Plugin> plugins() {
        return plugins;
    }

    /**
     * This list with one more plugin at its place. A directive that acts at two places has its first place in front of
     * everything of it, its last one behind.
     *
     * @throws IllegalArgumentException if the directive that the place names is not in the list
     */
    public PluginList with(Plugin plugin, Place place) {
        List<Plugin> extended = new ArrayList<>(plugins);
        List<String> names = plugins.stream().map(Plugin::name).toList();
        int at = place.side() == Place.Side.BEFORE
                ? names.indexOf(place.directive())
                : names.lastIndexOf(place.directive()) + 1;
        if (!names.contains(place.directive())) {
            throw new IllegalArgumentException("no directive '" + place.directive() + "'");
        }
        extended.add(at, plugin);
        return new PluginList(extended);
    }

    /** Names of all directives, in order, each once. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        plugins.forEach(plugin -> names.add(plugin.name()));
        return names;
    }
}
