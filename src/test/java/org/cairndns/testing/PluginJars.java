package org.cairndns.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars with plugins, compiled in the test. */
public final class PluginJars {
    private static final String SERVICE = "META-INF/services/org.cairndns.plugin.spi.PlacedPlugin";

    private PluginJars() {}

    /** The jar of {@code samples/hello-plugin}, as Maven would make it. */
    public static Path sample(Path folder) throws IOException {
        Path main = Path.of(System.getProperty("cairn.root", ""), "samples", "hello-plugin", "src", "main");
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(main.resolve("java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = main.resolve("java").relativize(file).toString();
                sources.put(name.replace(".java", "").replace('/', '.'), Files.readString(file));
            }
        }
        Map<String, byte[]> entries = compile(folder, sources);
        entries.put(SERVICE, Files.readAllBytes(main.resolve("resources").resolve(SERVICE)));
        return write(folder.resolve("hello-plugin.jar"), entries);
    }

    /**
     * The classes of a plugin {@code org.example.TestPlugin} for a directive that answers nothing.
     *
     * @param place Java text such as {@code Place.after("acl")}
     * @param setUp Java statements of its set-up
     */
    public static Map<String, byte[]> plugin(Path work, String directive, String place, String setUp)
            throws IOException {
        return compile(work, Map.of("org.example.TestPlugin", """
                package org.example;
                import java.util.List;
                import org.cairndns.corefile.*;
                import org.cairndns.plugin.spi.*;
                public final class TestPlugin implements PlacedPlugin {
                    public String name() { return "%s"; }
                    public Place place() { return %s; }
                    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
                        %s
                    }
                }
                """.formatted(directive, place, setUp)));
    }

    /** Class files by entry name out of sources by class name. */
    public static Map<String, byte[]> compile(Path work, Map<String, String> sources) throws IOException {
        Path classes = Files.createTempDirectory(work, "classes");
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(source(name, text)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath);
        if (!compiler.getTask(null, null, null, options, null, units).call()) {
            throw new AssertionError("the sources of a test plugin do not compile");
        }
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    /** Writes a jar whose service is {@code org.example.TestPlugin}. */
    public static Path jar(Path file, Map<String, byte[]> classes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>(classes);
        entries.put(SERVICE, "org.example.TestPlugin\n".getBytes(StandardCharsets.UTF_8));
        return write(file, entries);
    }

    private static Path write(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }

    private static JavaFileObject source(String name, String text) {
        URI uri = URI.create("string:///" + name.replace('.', '/') + JavaFileObject.Kind.SOURCE.extension);
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
