package org.cairndns.plugin.template.text;

/** The value of {@code nil} and of a key that a map has not. */
enum NoValue {
    INSTANCE
}
