package org.cairndns.corefile;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words of a Corefile in reading order, where an {@code import} line is replaced by what it names.
 *
 * <p>Sources (main file, files, snippets) lie on a stack; the top one is read first. Each knows which source imported
 * it, so that a cycle is found at its first repetition. Totals are bounded, so that nested imports end.
 */
final class TokenStream {
    /** The bounds of CoreDNS on one parse; the last is ours, for snippets that multiply each other. */
    static final int MAX_SNIPPET_EXPANSIONS = 10_000;

    static final int MAX_FILE_EXPANSIONS = 100_000;
    static final int MAX_LEXEMES = 1_000_000;

    private final Path mainDirectory;
    private final String mainFile;
    private final EnvironmentReferences references;
    private final FileImports files;
    private final Problems problems;
    private final List<Problem> openQuotes = new ArrayList<>();
    private final Map<String, List<Lexeme>> snippets = new HashMap<>();
    private final Deque<Source> stack = new ArrayDeque<>();
    private int snippetExpansions;
    private int fileExpansions;
    private int lexemes;
    private Optional<Lexeme> last = Optional.empty();

    private TokenStream(CorefileSource source, EnvironmentReferences references, Problems problems) {
        this.mainDirectory = source.baseDirectory().toAbsolutePath().normalize();
        this.mainFile = source.file();
        this.references = references;
        this.files = new FileImports(problems, openQuotes::add);
        this.problems = problems;
    }

    static TokenStream of(CorefileSource source, EnvironmentReferences references, Problems problems) {
        TokenStream stream = new TokenStream(source, references, problems);
        CorefileLexer.Result result = CorefileLexer.lex(source.text(), source.file());
        result.openQuote().ifPresent(stream.openQuotes::add);
        stream.push(
                new Source(stream.mainOrigin(), result.lexemes(), Optional.empty()), new Position(source.file(), 1, 1));
        return stream;
    }

    /** One text being read; {@code origin} names it among those that are being expanded. */
    private static final class Source {
        private final String origin;
        private final List<Lexeme> lexemes;
        private final Optional<Source> importer;
        private int next;

        Source(String origin, List<Lexeme> lexemes, Optional<Source> importer) {
            this.origin = origin;
            this.lexemes = lexemes;
            this.importer = importer;
        }

        boolean isWithin(String other) {
            Optional<Source> source = Optional.of(this);
            while (source.isPresent() && !source.get().origin.equals(other)) {
                source = source.get().importer;
            }
            return source.isPresent();
        }
    }

    boolean hasNext() {
        while (!stack.isEmpty()
                && stack.element().next >= stack.element().lexemes.size()) {
            stack.pop();
        }
        return !stack.isEmpty();
    }

    /** The next word without taking it; only after {@link #hasNext} said true. */
    Lexeme peek() {
        if (!hasNext()) {
            throw new IllegalStateException("peek after the end");
        }
        Source top = stack.element();
        Lexeme lexeme = top.lexemes.get(top.next);
        // Imported text stands for whole lines, so it starts one even if its source did not.
        boolean startsSource = top.next == 0 && !lexeme.startsLine();
        return startsSource ? new Lexeme(lexeme.token(), true) : lexeme;
    }

    Lexeme next() {
        Lexeme lexeme = peek();
        stack.element().next++;
        last = Optional.of(lexeme);
        return lexeme;
    }

    /** The word taken last, import lines aside. */
    Optional<Lexeme> last() {
        return last;
    }

    /** The quotes that were left open in the texts read so far. */
    List<Problem> openQuotes() {
        return openQuotes;
    }

    /** Whether the next word stands on the line of the word taken last. */
    boolean hasNextOnLine() {
        return hasNext() && !peek().startsLine();
    }

    /** Takes the rest of the line. */
    void skipLine() {
        while (hasNextOnLine()) {
            next();
        }
    }

    /** Remembers a snippet; false when the name is taken. */
    boolean define(String name, List<Lexeme> body) {
        return snippets.putIfAbsent(name, body) == null;
    }

    /** Takes an {@code import} line, whose first word is next, and puts what it names in its place. */
    void expandImport() {
        Position position = peek().position();
        Source importer = stack.element();
        List<Token> args = importArguments();
        if (args.size() != 1 || args.get(0).text().isEmpty()) {
            String got = args.size() == 1 ? "an empty name" : args.size() + " arguments";
            problems.add(position, "bad import, expected one snippet, file or pattern, got " + got);
            return;
        }
        Token name = args.get(0);
        Optional<List<Lexeme>> snippet = Optional.ofNullable(snippets.get(name.text()));
        if (snippet.isPresent()) {
            importSnippet(name, snippet.get(), importer);
        } else {
            importFiles(name, importer);
        }
    }

    /** Takes a word of closing braces, which is a problem, and puts one brace after the other in its place. */
    void splitBraces() {
        Token braces = next().token();
        problems.add(braces.position(), "'" + braces.text() + "' is one word, expected each '}' on a line of its own");
        Lexeme brace = new Lexeme(braces.withText("}"), true);
        push(
                new Source("braces", Collections.nCopies(braces.text().length(), brace), Optional.empty()),
                braces.position());
    }

    private List<Token> importArguments() {
        Optional<Lexeme> before = last;
        next();
        List<Token> args = new ArrayList<>();
        while (hasNextOnLine()) {
            args.add(references.substitute(next().token()));
        }
        last = before;
        return args;
    }

    private void importSnippet(Token name, List<Lexeme> body, Source importer) {
        if (snippetExpansions >= MAX_SNIPPET_EXPANSIONS) {
            problems.add(
                    name.position(), "too many imports, expected at most " + MAX_SNIPPET_EXPANSIONS + " of snippets");
            return;
        }
        snippetExpansions++;
        Source source = new Source("snippet '" + name.text() + "'", body, Optional.of(importer));
        if (isEndless(source, name)) {
            return;
        }
        push(source, name.position());
    }

    private void importFiles(Token pattern, Source importer) {
        if (fileExpansions >= MAX_FILE_EXPANSIONS) {
            problems.add(pattern.position(), "too many imports, expected at most " + MAX_FILE_EXPANSIONS + " of files");
            return;
        }
        fileExpansions++;
        List<Path> found = files.find(pattern, directoryOf(pattern));
        // The stack is read from its top, so the first file goes there last.
        for (Path file : found.reversed()) {
            String origin = file.toString();
            if (!isEndless(new Source(origin, List.of(), Optional.of(importer)), pattern)) {
                push(new Source(origin, files.read(file, pattern), Optional.of(importer)), pattern.position());
            }
        }
    }

    private boolean isEndless(Source source, Token name) {
        boolean endless = source.importer
                .map(importer -> importer.isWithin(source.origin))
                .orElse(false);
        if (endless) {
            problems.add(name.position(), "endless import, expected no cycle, got " + source.origin + " within itself");
        }
        return endless;
    }

    private void push(Source source, Position position) {
        if (lexemes + source.lexemes.size() > MAX_LEXEMES) {
            problems.add(position, "imported text is too long, expected at most " + MAX_LEXEMES + " words in all");
            return;
        }
        lexemes += source.lexemes.size();
        stack.push(source);
    }

    private Path directoryOf(Token importing) {
        String file = importing.position().file();
        Path parent = file.equals(mainFile) ? mainDirectory : Path.of(file).getParent();
        return parent == null ? mainDirectory : parent;
    }

    private String mainOrigin() {
        return mainDirectory + "/" + mainFile.substring(mainFile.lastIndexOf('/') + 1);
    }
}
