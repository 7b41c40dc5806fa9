package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Names of types, classes, response codes and transports. */
class MnemonicsTest {
    @ParameterizedTest
    @CsvSource({"1,A", "65,HTTPS", "257,CAA", "0,TYPE0", "11,TYPE11", "258,TYPE258", "65280,TYPE65280", "-1,TYPE-1"})
    void recordType_code_hasText(int code, String text) {
        assertThat(RecordType.text(code)).isEqualTo(text);
    }

    @Test
    void recordType_everyName_isDnsjavasAndParsesBack() {
        for (int code = 0; code < 300; code++) {
            String text = RecordType.text(code);
            if (!text.startsWith("TYPE")) {
                assertThat(RecordType.parse(text)).hasValue(code);
                int known = Type.value(text);
                assertThat(known == code || known == -1).as(text).isTrue();
            }
        }
        assertThat(RecordType.parse("a")).isEmpty();
        assertThat(RecordType.parse("NOPE")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "4", "254", "255", "2", "7"})
    void dnsClass_code_hasDnsjavasText(int code) {
        assertThat(DnsClass.text(code)).isEqualTo(DClass.string(code));
    }

    @ParameterizedTest
    @CsvSource({"0,NOERROR", "3,NXDOMAIN", "11,DSOTYPENI", "12,RCODE12", "16,BADVERS", "23,BADCOOKIE", "24,RCODE24"})
    void rcode_code_hasText(int code, String text) {
        assertThat(Rcode.text(code)).isEqualTo(text);
        assertThat(Rcode.text(-1)).isEqualTo("RCODE-1");
    }

    @Test
    void rcode_mnemonic_parsesBackInAnyLetterCase() {
        for (int code = 0; code < 30; code++) {
            if (Rcode.isNamed(code)) {
                assertThat(Rcode.parse(Rcode.text(code).toLowerCase(java.util.Locale.ROOT)))
                        .hasValue(code);
            }
        }
        assertThat(Rcode.parse("NOTIMPL")).hasValue(Rcode.NOTIMP);
        assertThat(Rcode.parse("BADSIG")).hasValue(Rcode.BADVERS);
        assertThat(Rcode.parse("")).isEmpty();
        assertThat(Rcode.parse("RCODE12")).isEmpty();
    }

    @Test
    void transport_stream_isLabelledTcp() {
        assertThat(Transport.UDP.isStream()).isFalse();
        for (Transport transport : Transport.values()) {
            assertThat(transport.label()).isEqualTo(transport.isStream() ? "tcp" : "udp");
        }
    }
}
