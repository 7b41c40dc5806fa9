package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiCallTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunked transfer encoding, state: READING_LENGTH",
                "fixed content-length: 10, bytes received: 3",
                "HTTP/1.1 header parser received no bytes",
                "EOF reached while reading",
                "Connection reset"
            })
    void words_connectionThatEnded_sayThat(String message) {
        assertThat(ApiCall.words(new IOException(message))).isEqualTo("the connection broke off");
    }

    @Test
    void words_otherFailure_areItsOwn() {
        assertThat(ApiCall.words(new IOException("too many concurrent streams")))
                .isEqualTo("too many concurrent streams");
        assertThat(ApiCall.words(new ConnectException())).isEqualTo("no connection, nothing seems to listen there");
        assertThat(ApiCall.words(new HttpTimeoutException("request timed out"))).endsWith("request timed out");
    }
}
