package org.cairndns.plugin.view.expression;

/** The value {@code nil}. */
enum Nil {
    NIL
}
