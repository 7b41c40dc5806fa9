package org.cairndns.rules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages use each other in one direction, and each outside library has few users. */
class PackageDependencyTest {
    private static final String US = "org.cairndns.";
    private static final String PLUGINS = US + "plugin.";
    private static final String SPI = PLUGINS + "spi";

    private static final JavaClasses CLASSES = Project.mainClasses();

    /** Open to every package. */
    private static final List<String> EVERYONE = List.of("java..", "javax..", "org.jspecify.annotations");

    /**
     * What each package may use besides itself and {@link #EVERYONE}; two dots at the end stand for all packages below.
     * A class name opens that class only.
     */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry(US + "wire", List.of("io.netty.buffer", "io.netty.util")),
            Map.entry(US + "zone.data", List.of(US + "wire")),
            Map.entry(US + "zone", List.of(US + "wire", "io.netty.buffer", "org.slf4j")),
            Map.entry(US + "kubernetes", List.of(US + "wire", US + "zone", "org.slf4j")),
            Map.entry(US + "kubernetes.snapshot", List.of(US + "kubernetes", "org.slf4j")),
            Map.entry(
                    US + "kubernetes.source",
                    List.of(
                            US + "kubernetes",
                            US + "wire",
                            US + "zone",
                            "io.fabric8..",
                            "com.fasterxml.jackson..",
                            "tools.jackson..",
                            "org.snakeyaml..",
                            "org.slf4j..")),
            Map.entry(US + "corefile", List.of()),
            Map.entry(
                    SPI,
                    List.of(
                            US + "corefile",
                            US + "wire",
                            US + "zone",
                            "io.prometheus..",
                            "io.micrometer..",
                            "com.google.re2j",
                            "io.netty.channel.EventLoop",
                            "io.netty.channel.EventLoopGroup",
                            "org.slf4j..")),
            Map.entry(US + "plugin", List.of(PLUGINS + ".")),
            Map.entry(
                    US + "server.query",
                    List.of(SPI, US + "wire", US + "zone", "io.netty.buffer", "io.netty.util", "org.slf4j..")),
            Map.entry(
                    US + "server.net",
                    List.of(US + "server.query", SPI, US + "wire", US + "zone", "io.netty..", "org.slf4j..")),
            Map.entry(US + "server.http", List.of("io.netty.handler.codec.http", "org.slf4j..")),
            Map.entry(US + "server.training", List.of("com.sun.net.httpserver")),
            Map.entry(US + "server.option", List.of("picocli")),
            Map.entry(US + "server.node", List.of(US + "corefile.HostPort", US + "server.option", "picocli")),
            Map.entry(
                    US + "server.smoke",
                    List.of(
                            SPI + ".ResolvConf",
                            US + "corefile.HostPort",
                            US + "server.option",
                            US + "wire",
                            US + "zone",
                            "io.netty.buffer",
                            "picocli")),
            Map.entry(US + "server.plugins", List.of(SPI, US + "corefile", US + "plugin")),
            Map.entry(US + "server", List.of("..")));

    /** What every plugin may use. */
    private static final List<String> ANY_PLUGIN = List.of(
            SPI,
            US + "corefile",
            US + "wire",
            US + "zone..",
            "io.prometheus..",
            "io.micrometer..",
            "io.netty.buffer",
            "org.slf4j..");

    /** Libraries and packages that belong to one plugin. */
    private static final Map<String, List<String>> OF_ONE_PLUGIN = Map.ofEntries(
            Map.entry("kubernetes", List.of(US + "kubernetes..")),
            Map.entry("auto", List.of("com.google.re2j")),
            Map.entry("errors", List.of("com.google.re2j")),
            Map.entry("rewrite", List.of("com.google.re2j")),
            Map.entry("template", List.of("com.google.re2j")),
            Map.entry("pprof", List.of("jdk.jfr")),
            Map.entry("prometheus", List.of("com.sun.management")),
            Map.entry("view", List.of("com.google.re2j")),
            Map.entry("loop", List.of("io.netty.channel.EventLoopGroup")),
            Map.entry(
                    "cancel",
                    List.of(
                            "io.netty.channel.EventLoop",
                            "io.netty.channel.EventLoopGroup",
                            "io.netty.util.concurrent")),
            Map.entry("forward", List.of("io.netty..")));

    /** What the directives that serve whole zones share. */
    private static final Set<String> ZONE_PLUGINS = Set.of("file", "auto", "secondary");

    /** The only classes that know dnsjava: it serves text and files, not queries. */
    private static final Set<String> DNSJAVA_USERS = Set.of(US + "wire.Rdata", US + "zone.data.ZoneFile");

    @Test
    void package_usesOnlyWhatItsRowAllows() {
        Set<String> faults = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = type.getPackageName();
            List<String> allowed = allowed(from);
            if (allowed.isEmpty() && !MAY_USE.containsKey(from)) {
                faults.add(from + " has no row; add one that says what it may use");
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive() && !isAllowed(type, target, allowed)) {
                    faults.add(type.getName() + " uses " + target.getName());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("org.cairndns.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static List<String> allowed(String from) {
        if (from.startsWith(PLUGINS) && !from.equals(SPI)) {
            String plugin = from.substring(PLUGINS.length()).split("\\.")[0];
            List<String> own = List.of(PLUGINS + plugin + "..");
            List<String> zones = ZONE_PLUGINS.contains(plugin) ? List.of(PLUGINS + "authority") : List.of();
            return Stream.of(ANY_PLUGIN, own, zones, OF_ONE_PLUGIN.getOrDefault(plugin, List.of()))
                    .flatMap(List::stream)
                    .toList();
        }
        return MAY_USE.getOrDefault(from, List.of());
    }

    private static boolean isAllowed(JavaClass user, JavaClass target, List<String> allowed) {
        if (target.getPackageName().startsWith("org.xbill.DNS")) {
            return DNSJAVA_USERS.contains(user.getName().replaceFirst("\\$.*", ""));
        }
        return target.getPackageName().equals(user.getPackageName())
                || EVERYONE.stream().anyMatch(pattern -> matches(pattern, target))
                || allowed.stream().anyMatch(pattern -> matches(pattern, target));
    }

    private static boolean matches(String pattern, JavaClass target) {
        if (!pattern.endsWith("..")) {
            return target.getPackageName().equals(pattern) || target.getName().equals(pattern);
        }
        String above = pattern.substring(0, pattern.length() - 2);
        return above.isEmpty()
                || target.getPackageName().equals(above)
                || target.getPackageName().startsWith(above + ".");
    }
}
