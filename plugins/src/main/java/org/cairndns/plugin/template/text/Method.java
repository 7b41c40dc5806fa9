package org.cairndns.plugin.template.text;

import java.util.List;

/** A field of the data that takes arguments. Any thread. */
@FunctionalInterface
public interface Method {
    /**
     * The result for these arguments.
     *
     * @throws TemplateFailureException if they do not fit
     */
    Object call(List<Object> args);
}
