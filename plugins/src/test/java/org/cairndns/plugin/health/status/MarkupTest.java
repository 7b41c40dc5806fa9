package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {
    private final Markup out = new Markup();

    @Test
    void text_hostile_isEscaped() {
        out.element("p", "<script>alert('a & b')</script>\u0000\u001b[31m");

        assertThat(out.whole())
                .isEqualTo("<!DOCTYPE html>\n<p>&lt;script&gt;alert(&#39;a &amp; b&#39;)&lt;/script&gt;"
                        + "\ufffd\ufffd[31m</p>\n");
    }

    @Test
    void attribute_hostile_isEscaped() {
        out.empty("img", "alt", "\"><img src=x onerror='alert(1)'>");

        assertThat(out.whole()).endsWith("<img alt=\"&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;\">");
    }

    @Test
    void whole_elementNotEnded_isAFault() {
        out.begin("div");

        assertThatThrownBy(out::whole).isInstanceOf(IllegalStateException.class).hasMessageContaining("div");
    }
}
