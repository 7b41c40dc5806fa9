package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdataTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1     | 192.0.2.1                                   | c0000201
            28    | 2001:db8::1                                 | 20010db8000000000000000000000001
            28    | ::                                          | 00000000000000000000000000000000
            28    | ::ffff:102:304                              | 00000000000000000000ffff01020304
            2     | ns.Example.com.                             | 026e73074578616d706c6503636f6d00
            5     | .                                           | 00
            15    | 10 mx.example.                              | 000a026d78076578616d706c6500
            6     | a. b. 4294967295 1 2 3 4                    | 01610001620 0ffffffff00000001000000020000000300000004
            33    | 0 100 80 a.                                 | 000000640050016100
            16    | "1.1.0"                                     | 05312e312e30
            16    | "a b" "" "q\\"\\\\\\007"                    | 0361206200 0471225c07
            257   | 0 issue "ca.example"                        | 0005697373756563612e6578616d706c65
            65    | 1 . alpn=h2,h3                              | 0001000001000602683202 6833
            44    | 1 1 000102030405060708090A0B0C0D0E0F10111213  | 0101000102030405060708090a0b0c0d0e0f10111213
            12    | a\\.b.example.                              | 03612e62076578616d706c6500
            65280 | \\# 3 0102ff                                | 0102ff
            65280 | \\# 0                                       | ''
            """)
    void text_ofAType_goesThereAndBack(int type, String text, String octets) {
        byte[] rdata = HexFormat.of().parseHex(octets.replace(" ", ""));

        assertThat(Rdata.fromText(type, text)).containsExactly(rdata);
        assertThat(Rdata.toText(type, rdata)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16 | v=1                    | 03763d31
            16 | ( "a"  b )             | 01610162
            2  | ns                     | 026e7300
            5  | @                      | 00
            1  | \\# 4 c0000201         | c0000201
            28 | 0:0:0:0:0:0:0:1        | 00000000000000000000000000000001
            """)
    void fromText_otherSpellings_areTaken(int type, String text, String octets) {
        assertThat(Rdata.fromText(type, text)).containsExactly(HexFormat.of().parseHex(octets));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1     | 1.2.3             | "1.2.3" is no RDATA of type A: Invalid address: 1.2.3
            1     | 1.2.3.4 5         | "1.2.3.4 5" is no RDATA of type A: unexpected tokens at end of record
            1     | ''                | "" is no RDATA of type A: expected an address
            15    | mail.             | "mail." is no RDATA of type MX: expected an integer
            2     | a..b              | "a..b" is no RDATA of type NS: 'a..b': invalid empty label
            16    | "open             | ""open" is no RDATA of type TXT: EOF in quoted string
            1     | \\# 3 010203      | "\\# 3 010203" is no RDATA of type A: end of input
            41    | x                 | "x" is no RDATA of type OPT: no text format defined for OPT
            65280 | abc               | "abc" is no RDATA of type TYPE65280: invalid unknown RR encoding
            """)
    void fromText_improperText_saysWhatIsWrong(int type, String text, String message) {
        assertThatThrownBy(() -> Rdata.fromText(type, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "1,010203,3",
        "28,010203,3",
        "16,05616263,4",
        "2,0161,2",
        "41,000a0000,4",
        "250,'',0",
        "6,'',0",
        "16,'',0"
    })
    void toText_octetsOfNoSuchFormat_areShownAsTheyAre(int type, String octets, int length) {
        assertThat(Rdata.toText(type, HexFormat.of().parseHex(octets)))
                .isEqualTo(("\\# " + length + " " + octets).strip());
    }

    @Test
    void fromText_rdataOver64Kib_isRefused() {
        assertThatThrownBy(() -> Rdata.fromText(RecordType.TXT, "\"0123456789\" ".repeat(6000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
