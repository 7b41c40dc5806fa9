package org.cairndns.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Codes of the RR types that this server knows by name (IANA DNS parameters). */
public final class RecordType {
    public static final int A = 1;
    public static final int NS = 2;
    public static final int CNAME = 5;
    public static final int SOA = 6;
    public static final int PTR = 12;
    public static final int HINFO = 13;
    public static final int MX = 15;
    public static final int TXT = 16;
    public static final int AAAA = 28;
    public static final int SRV = 33;
    public static final int NAPTR = 35;
    public static final int DNAME = 39;
    public static final int OPT = 41;
    public static final int DS = 43;
    public static final int RRSIG = 46;
    public static final int NSEC = 47;
    public static final int NSEC3 = 50;
    public static final int NSEC3PARAM = 51;
    public static final int SVCB = 64;
    public static final int HTTPS = 65;
    public static final int IXFR = 251;
    public static final int AXFR = 252;
    public static final int ANY = 255;

    private static final String[] NAMES = new String[258];
    private static final Map<String, Integer> CODES;

    static {
        String table = "1 A 2 NS 3 MD 4 MF 5 CNAME 6 SOA 7 MB 8 MG 9 MR 10 NULL 12 PTR 13 HINFO 14 MINFO 15 MX 16 TXT "
                + "17 RP 18 AFSDB 19 X25 20 ISDN 21 RT 23 NSAP-PTR 24 SIG 25 KEY 26 PX 27 GPOS 28 AAAA 29 LOC 30 NXT "
                + "31 EID 32 NIMLOC 33 SRV 34 ATMA 35 NAPTR 36 KX 37 CERT 39 DNAME 41 OPT 42 APL 43 DS 44 SSHFP "
                + "45 IPSECKEY 46 RRSIG 47 NSEC 48 DNSKEY 49 DHCID 50 NSEC3 51 NSEC3PARAM 52 TLSA 53 SMIMEA 55 HIP "
                + "56 NINFO 57 RKEY 58 TALINK 59 CDS 60 CDNSKEY 61 OPENPGPKEY 62 CSYNC 63 ZONEMD 64 SVCB 65 HTTPS "
                + "99 SPF 100 UINFO 101 UID 102 GID 103 UNSPEC 104 NID 105 L32 106 L64 107 LP 108 EUI48 109 EUI64 "
                + "249 TKEY 250 TSIG 251 IXFR 252 AXFR 253 MAILB 254 MAILA 255 ANY 256 URI 257 CAA";
        String[] words = table.split(" ");
        Map<String, Integer> codes = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            int code = Integer.parseInt(words[i]);
            NAMES[code] = words[i + 1];
            codes.put(words[i + 1], code);
        }
        CODES = Map.copyOf(codes);
    }

    private RecordType() {}

    /** Mnemonic of a type, {@code TYPE65280} for one without a name (RFC 3597 5). */
    public static String text(int type) {
        String name = type >= 0 && type < NAMES.length ? NAMES[type] : null;
        return name != null ? name : "TYPE" + type;
    }

    /** Code of an upper-case mnemonic, empty if it is unknown. */
    public static OptionalInt parse(String mnemonic) {
        Integer code = CODES.get(mnemonic);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }
}
