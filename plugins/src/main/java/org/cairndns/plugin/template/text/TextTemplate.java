package org.cairndns.plugin.template.text;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled template. Immutable, any thread.
 *
 * <p>Source: Go's package text/template, without {@code define}, {@code template}, {@code block} and the functions that
 * escape for web pages.
 */
public final class TextTemplate {
    private final String source;
    private final List<Node> nodes;
    private final int slots;

    private TextTemplate(String source, List<Node> nodes, int slots) {
        this.source = source;
        this.nodes = nodes;
        this.slots = slots;
    }

    /**
     * The template of a text.
     *
     * @param fields keys that the data will have; any other is a fault
     */
    public static TextTemplate compile(String text, Set<String> fields) throws TemplateSyntaxException {
        Scope scope = new Scope();
        List<Node> nodes = new TemplateParser(text, scope, fields).template();
        return new TextTemplate(text, nodes, scope.slots());
    }

    /** The text that the template was made of. */
    public String source() {
        return source;
    }

    /**
     * The text for these data.
     *
     * @param data values as the package describes them
     * @throws TemplateFailureException if the template does not fit them
     */
    public String render(Map<String, Object> data) {
        return new Run(slots, data).text(nodes);
    }
}
