package org.cairndns.plugin.log;

import org.cairndns.wire.ResponseKind;

/** Class of responses that a rule may be limited to. */
enum LogClass {
    SUCCESS("success"),
    DENIAL("denial"),
    ERROR("error");

    private final String text;

    LogClass(String text) {
        this.text = text;
    }

    /** How Corefiles spell it. */
    String text() {
        return text;
    }

    static LogClass of(ResponseKind kind) {
        return switch (kind) {
            case NO_ERROR, DELEGATION -> SUCCESS;
            case NAME_ERROR, NO_DATA -> DENIAL;
            case SERVER_ERROR, META, OTHER_ERROR -> ERROR;
        };
    }
}
