package org.cairndns.corefile;

import java.util.List;

/**
 * One directive of a server block, or one property line within a directive's block. A property has no block of its own.
 *
 * @param name the first word, environment references replaced
 * @param args the words after the name, up to the end of the line or <code>{</code>
 * @param hasBlock whether a <code>{ }</code> block follows, be it empty
 * @param properties the lines of the block, in file order
 * @param tokens every word including the name as written and the braces, for {@link CorefileHash}
 */
public record Directive(
        Token name, List<Token> args, boolean hasBlock, List<Directive> properties, List<Token> tokens) {

    public Directive {
        args = List.copyOf(args);
        properties = List.copyOf(properties);
        tokens = List.copyOf(tokens);
    }

    /** Where the name stands. */
    public Position position() {
        return name.position();
    }

    /** The texts of {@link #args}. */
    public List<String> argTexts() {
        return args.stream().map(Token::text).toList();
    }
}
