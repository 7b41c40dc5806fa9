package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Corefile text as server blocks. Knows keys, braces, snippets and imports, and no directive by name.
 *
 * <p>Source: CoreDNS's Corefile parser at caddy 15135a999495. A file that CoreDNS accepts is accepted with the same
 * meaning; sloppy spots become warnings.
 */
public final class CorefileParser {
    /** First words of manifests; none is a key, for no port follows the colon. */
    private static final Set<String> MANIFEST_STARTS = Set.of("apiVersion:", "kind:", "metadata:", "data:");

    private final TokenStream stream;
    private final EnvironmentReferences references;
    private final Problems problems;
    private final DirectiveParser directives;
    private final List<ServerBlock> blocks = new ArrayList<>();

    private CorefileParser(CorefileSource source, Problems problems) {
        this.problems = problems;
        this.references = new EnvironmentReferences(source.environment(), problems);
        this.stream = TokenStream.of(source, references, problems);
        this.directives = new DirectiveParser(stream, references, problems);
    }

    /**
     * The server blocks of a Corefile in file order; none for a text without any. Reads imported files, so it blocks.
     *
     * @param warnings told of everything that is accepted but looks unintended, such as an import pattern without a match
     * @throws CorefileException with all problems that were found
     */
    public static List<ServerBlock> parse(CorefileSource source, Consumer<Problem> warnings) throws CorefileException {
        Problems problems = new Problems(warnings);
        List<ServerBlock> blocks = parse(source, problems);
        problems.throwIfAny();
        return blocks;
    }

    /** The same without an end at problems: the blocks as far as they could be read, so that their directives can be too. */
    public static List<ServerBlock> parse(CorefileSource source, Problems problems) {
        CorefileParser parser = new CorefileParser(source, problems);
        if (parser.isManifest()) {
            return List.of();
        }
        while (parser.stream.hasNext()) {
            parser.block();
        }
        parser.finish();
        return List.copyOf(parser.blocks);
    }

    /** Whether the text is the ConfigMap around a Corefile, which would be one problem for each of its lines. */
    private boolean isManifest() {
        if (!stream.hasNext() || !MANIFEST_STARTS.contains(stream.peek().text())) {
            return false;
        }
        problems.add(
                stream.peek().position(),
                "a manifest of Kubernetes, expected a Corefile; give the text behind 'Corefile: |' alone, as"
                        + " 'kubectl get configmap NAME -o jsonpath={.data.Corefile}' prints it");
        return true;
    }

    /** A quote left open is fine for CoreDNS, yet the likely cause of any other problem, so it is one beside those. */
    private void finish() {
        if (problems.isEmpty()) {
            stream.openQuotes().forEach(quote -> problems.warn(quote.position(), quote.message()));
        } else {
            stream.openQuotes().forEach(problems::add);
        }
    }

    private void block() {
        if (stream.peek().is("}")) {
            strayBrace();
            return;
        }
        List<Token> keys = keys();
        Optional<String> snippet = snippetName(keys);
        if (snippet.isPresent() && stream.hasNext()) {
            snippet(snippet.get(), keys.get(0));
            return;
        }
        List<ZoneKey> zoneKeys = ZoneKeys.parse(keys, problems);
        if (keys.isEmpty() && stream.hasNext()) {
            problems.warn(
                    stream.peek().position(), "server block without a key is ignored, expected a zone such as '.'");
        }
        if (!keys.isEmpty() && !stream.hasNext()) {
            problems.warn(
                    keys.getFirst().position(),
                    "server block without directives, queries for '"
                            + keys.getFirst().text() + "' get REFUSED; is a line such as '.:53 {' missing above it?");
        }
        List<Directive> body = stream.hasNext() ? body() : List.of();
        if (!keys.isEmpty()) {
            blocks.add(new ServerBlock(keys, zoneKeys, body));
        }
    }

    /** CoreDNS takes a brace too many at the end of the file for a block that serves the zone <code>}</code>. */
    private void strayBrace() {
        Token brace = stream.next().token();
        if (stream.hasNext()) {
            problems.add(brace.position(), "unexpected '}', expected a server block");
            return;
        }
        List<Token> keys = List.of(brace);
        blocks.add(new ServerBlock(keys, ZoneKeys.parse(keys, problems), List.of()));
    }

    private List<Token> keys() {
        List<Token> keys = new ArrayList<>();
        Optional<Token> comma = Optional.empty();
        boolean lineEnded = false;
        while (stream.hasNext() && !lineEnded) {
            Token key = references.substitute(stream.peek().token());
            if (key.text().equals("import") && stream.peek().startsLine()) {
                stream.expandImport();
                continue;
            }
            if (key.text().equals("{")) {
                comma.ifPresent(
                        token -> problems.add(key.position(), "unexpected '{' after a comma, expected another key"));
                return keys;
            }
            stream.next();
            if (key.text().endsWith(",")) {
                comma = Optional.of(key);
            } else if (!key.text().isEmpty()) {
                comma = Optional.empty();
            }
            String text = key.text().endsWith(",")
                    ? key.text().substring(0, key.text().length() - 1)
                    : key.text();
            if (!text.isEmpty()) {
                keys.add(key.withText(text));
            }
            lineEnded = comma.isEmpty() && !stream.hasNextOnLine();
        }
        if (!stream.hasNext()) {
            comma.ifPresent(token ->
                    problems.add(token.position(), "unexpected end of file after a comma, expected another key"));
        }
        return keys;
    }

    /** Reads directives up to the closing brace, or to the end of the file when there are no braces. */
    private List<Directive> body() {
        Optional<Lexeme> opening = stream.peek().is("{") ? Optional.of(stream.next()) : Optional.empty();
        List<Directive> body = new ArrayList<>();
        while (stream.hasNext()) {
            if (stream.peek().is("}")) {
                Lexeme closing = stream.next();
                if (opening.isEmpty()) {
                    problems.warn(closing.position(), "'}' without '{', expected end of file");
                }
                return body;
            }
            if (stream.peek().is("import")) {
                stream.expandImport();
            } else if (stream.peek().isBraces()) {
                stream.splitBraces();
            } else {
                directives.parse(body);
            }
        }
        opening.ifPresent(brace -> reportUnclosed(brace));
        return body;
    }

    private void reportUnclosed(Lexeme opening) {
        String message = directives.unclosed();
        // CoreDNS takes the closing brace of the last directive for that of the block as well.
        if (stream.last().map(last -> last.is("}")).orElse(false)) {
            problems.warn(opening.position(), message);
        } else {
            problems.add(opening.position(), message);
        }
    }

    private static Optional<String> snippetName(List<Token> keys) {
        if (keys.size() != 1) {
            return Optional.empty();
        }
        String key = keys.get(0).text();
        boolean isSnippet = key.startsWith("(") && key.endsWith(")");
        return isSnippet ? Optional.of(key.substring(1, key.length() - 1)) : Optional.empty();
    }

    private void snippet(String name, Token key) {
        if (!stream.peek().is("{")) {
            problems.add(
                    key.position(),
                    "snippet '" + name + "' has no body, expected '{', got '"
                            + stream.peek().text() + "'");
            return;
        }
        Lexeme opening = stream.next();
        List<Lexeme> body = new ArrayList<>();
        int depth = 1;
        while (stream.hasNext()) {
            Lexeme lexeme = stream.next();
            depth += lexeme.is("{") ? 1 : lexeme.is("}") ? -1 : 0;
            if (depth == 0) {
                define(name, key, body);
                return;
            }
            body.add(lexeme);
        }
        problems.add(opening.position(), directives.unclosed());
    }

    private void define(String name, Token key, List<Lexeme> body) {
        for (int i = 0; i + 1 < body.size(); i++) {
            boolean imports = body.get(i).is("import") && (i == 0 || body.get(i).startsLine());
            Token argument = body.get(i + 1).token();
            if (imports && references.substitute(argument).text().equals(name)) {
                problems.add(
                        argument.position(),
                        "endless import, expected no cycle, got snippet '" + name + "' within itself");
                return;
            }
        }
        if (!stream.define(name, body)) {
            problems.add(key.position(), "snippet '" + name + "' is already defined, expected another name");
        }
    }
}
