package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Directives read from the words of a server block.
 *
 * <p>Where CoreDNS accepts a sloppy form, the form is accepted with a warning; where CoreDNS's plugins would misread a
 * line that has one sensible meaning, that meaning is taken.
 */
final class DirectiveParser {
    private final TokenStream stream;
    private final EnvironmentReferences references;
    private final Problems problems;
    private Optional<String> outdented = Optional.empty();

    DirectiveParser(TokenStream stream, EnvironmentReferences references, Problems problems) {
        this.stream = stream;
        this.references = references;
        this.problems = problems;
    }

    /** Reads one directive, whose name is next, and adds it to {@code into}. */
    void parse(List<Directive> into) {
        if (stream.peek().is("{")) {
            skipBlock("a directive");
            return;
        }
        Token written = stream.next().token();
        Token name = references.substitute(written);
        into.add(isGlued(name) ? glued(name) : rest(written, name));
        while (stream.hasNextOnLine() && !stream.peek().is("}")) {
            stray(name, into);
        }
        if (stream.hasNextOnLine()) {
            problems.add(
                    stream.peek().position(),
                    "unexpected '}' after '" + name.text() + "', expected it on a line of its own");
        }
    }

    /** Whether an opening brace hangs on the last word of a line, where it is no brace. */
    private boolean isGlued(Token word) {
        return word.text().length() > 1 && word.text().endsWith("{") && !stream.hasNextOnLine();
    }

    /** Reads on as if there were a blank before the brace, so that one missing blank is one problem. */
    private Directive glued(Token name) {
        String text = name.text().substring(0, name.text().length() - 1);
        problems.add(name.position(), "missing blank, expected '" + text + " {', got '" + name.text() + "'");
        List<Token> tokens = new ArrayList<>(List.of(name));
        return new Directive(name.withText(text), List.of(), true, block(name, name, tokens), tokens);
    }

    /**
     * What to say of a brace that is never closed: that it is not, and the line in front of which one seems to be missing, for
     * the place where it shows is the end of the file.
     */
    String unclosed() {
        return "'{' is never closed, expected '}', got end of file" + outdented.orElse("");
    }

    /** CoreDNS hands words after the closing brace to the same plugin as if its name had been repeated. */
    private void stray(Token name, List<Directive> into) {
        if (stream.peek().is("{")) {
            skipBlock("a new line");
            return;
        }
        Token first = stream.next().token();
        problems.warn(
                first.position(),
                "'" + first.text() + "' after '}' is read as part of '" + name.text()
                        + "', expected it on a line of its own");
        into.add(rest(references.substitute(first), new Token(name.text(), first.position())));
    }

    /** The directive called {@code name}, whose first word was {@code written}. */
    private Directive rest(Token written, Token name) {
        List<Token> tokens = new ArrayList<>(List.of(written));
        List<Token> args = new ArrayList<>();
        while (stream.hasNextOnLine()
                && !stream.peek().is("{")
                && !stream.peek().is("}")) {
            args.add(take(tokens));
        }
        if (!args.isEmpty() && isGlued(args.getLast())) {
            String arg = args.getLast().text();
            problems.warn(args.getLast().position(), "'" + arg + "' is read as one word, expected a blank before '{'");
        }
        if (!stream.hasNext() || !stream.peek().is("{")) {
            return new Directive(name, args, false, List.of(), tokens);
        }
        if (stream.peek().startsLine()) {
            problems.warn(
                    stream.peek().position(), "'{' on a line of its own, expected it after '" + name.text() + "'");
        }
        return new Directive(name, args, true, block(name, take(tokens), tokens), tokens);
    }

    /** Reads the properties behind an opening brace, and the closing brace. */
    private List<Directive> block(Token name, Token opening, List<Token> tokens) {
        List<Directive> properties = new ArrayList<>();
        while (stream.hasNext() && !stream.peek().is("}")) {
            if (stream.peek().is("import")) {
                stream.expandImport();
            } else if (stream.peek().is("{")) {
                skipBlock("a property, since blocks do not nest" + outdented.orElse(""));
            } else if (stream.peek().isBraces()) {
                stream.splitBraces();
            } else {
                lookAtIndent(name, stream.peek());
                properties.add(property(tokens));
            }
        }
        if (!stream.hasNext()) {
            problems.add(opening.position(), unclosed());
            return properties;
        }
        if (!stream.peek().startsLine() && !properties.isEmpty()) {
            // CoreDNS's plugins take the brace for an argument of the property, which most of them reject.
            String property = properties.getLast().name().text();
            problems.warn(
                    stream.peek().position(),
                    "'}' on the line of '" + property + "', expected it on a line of its own");
        }
        take(tokens);
        return properties;
    }

    /** Remembers the first property that stands as far left as the indented directive that it is in. */
    private void lookAtIndent(Token name, Lexeme property) {
        Position of = name.position();
        Position here = property.position();
        if (outdented.isEmpty()
                && property.startsLine()
                && of.column() > 1
                && here.column() == of.column()
                && here.file().equals(of.file())) {
            outdented = Optional.of("; a '}' seems to be missing in front of line " + here.line() + ", where '"
                    + property.text() + "' stands as far left as '" + name.text() + "' in line " + of.line());
        }
    }

    private Directive property(List<Token> tokens) {
        int first = tokens.size();
        Token name = take(tokens);
        List<Token> args = new ArrayList<>();
        while (stream.hasNextOnLine()
                && !stream.peek().is("{")
                && !stream.peek().is("}")) {
            args.add(take(tokens));
        }
        return new Directive(name, args, false, List.of(), tokens.subList(first, tokens.size()));
    }

    private void skipBlock(String expected) {
        problems.add(stream.peek().position(), "unexpected '{', expected " + expected);
        int depth = 0;
        do {
            Lexeme lexeme = stream.next();
            depth += lexeme.is("{") ? 1 : lexeme.is("}") ? -1 : 0;
        } while (depth > 0 && stream.hasNext());
    }

    private Token take(List<Token> tokens) {
        Token token = references.substitute(stream.next().token());
        tokens.add(token);
        return token;
    }
}
