package org.cairndns.plugin.template.text;

/** The failure of a template while it is rendered, such as an index out of range; the message is one line. */
public final class TemplateFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateFailureException(String message) {
        // Without a stack, as queries bring it about.
        super(message, null, false, false);
    }
}
