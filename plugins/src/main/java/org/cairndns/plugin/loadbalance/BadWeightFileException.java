package org.cairndns.plugin.loadbalance;

import java.io.IOException;

/** A weight file that cannot be taken; the message is {@code file:line: fault}, or {@code file: fault}. */
final class BadWeightFileException extends IOException {
    private static final long serialVersionUID = 1;

    BadWeightFileException(String message) {
        super(message);
    }
}
