package org.cairndns.kubernetes.snapshot;

import java.io.IOException;
import org.cairndns.kubernetes.ServiceKind;

/** Bodies of snapshots that have more of one thing than anybody has room for; each goes on until its output fails. */
enum ForgedBody {
    NAMESPACES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            out.octet(Items.NAMESPACE);
            out.text(label(i));
        }
    },
    SERVICES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            service(out, i, 1, 0, 0);
        }
    },
    SERVICES_WITH_ADDRESSES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            service(out, i, SOME, 0, 0);
        }
    },
    SERVICES_WITH_PORTS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            service(out, i, 1, SOME, 0);
        }
    },
    SERVICES_WITH_TARGETS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            service(out, i, 1, 0, SOME);
        }
    },
    EXTERNAL_NAMES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            begin(out, Items.SERVICE, i);
            out.octet(ServiceKind.EXTERNAL_NAME.ordinal());
            out.number(1);
            out.text(label(i) + ".example.com");
            ports(out, 0, i);
            out.number(0);
        }
    },
    SLICES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            slice(out, i, 0);
            endpoints(out, 1, 0, i);
        }
    },
    SLICES_OF_IMPORTS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            begin(out, Items.SLICE, i);
            out.octet(Items.IMPORTED);
            out.text("");
            out.text(label(i));
            out.text("cluster-" + label(i));
            ports(out, 1, i);
            endpoints(out, 1, 0, i);
        }
    },
    ENDPOINTS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            slice(out, i, 0);
            endpoints(out, SOME, 0, i);
        }
    },
    ENDPOINTS_OF_IPV6 {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            slice(out, i, 0);
            endpoints(out, 0, SOME, i);
        }
    },
    ENDPOINTS_WITH_ZONES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            slice(out, i, Items.ZONES);
            endpoints(out, SOME, 0, i);
            for (int n = 0; n < SOME; n++) {
                out.number(0);
                out.text(label(i * SOME + n));
            }
        }
    },
    ENDPOINTS_WITH_HOSTNAMES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            slice(out, i, Items.HOSTNAMES | Items.SAME_NAMES);
            endpoints(out, SOME, 0, i);
            // Nothing in common, the ends of eight octets each, and those.
            out.number(0);
            out.number(SOME * (3 + LABEL_OCTETS));
            for (int n = 1; n <= SOME; n++) {
                int end = n * LABEL_OCTETS;
                out.octet(end >> 16);
                out.octet(end >> 8 & 0xff);
                out.octet(end & 0xff);
            }
            for (int n = 0; n < SOME; n++) {
                for (char c : (label(i * SOME + n) + "-------")
                        .substring(0, LABEL_OCTETS)
                        .toCharArray()) {
                    out.octet(c);
                }
            }
        }
    },
    PODS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            begin(out, Items.POD, i);
            out.number(1 + 2);
            address(out, i);
            out.number(0);
        }
    },
    PODS_WITH_ADDRESSES {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            begin(out, Items.POD, i);
            out.number(1 + 2 * SOME);
            for (int n = 0; n < SOME; n++) {
                address(out, i * SOME + n);
            }
            out.number(0);
        }
    },
    PODS_WITH_LABELS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            begin(out, Items.POD, i);
            out.number(1);
            out.number(SOME);
            for (int n = 0; n < SOME; n++) {
                out.text(label(n));
                out.text(label(i * SOME + n));
            }
        }
    },
    ONE_SERVICE_WITH_TARGETS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            service(out, i, 0, 0, ENDLESS);
        }
    },
    ONE_SERVICE_WITH_PORTS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            service(out, i, 0, ENDLESS, 0);
        }
    },
    ONE_POD_WITH_LABELS {
        @Override
        void item(OctetWriter out, int i) throws IOException {
            begin(out, Items.POD, i);
            out.number(1);
            out.number(ENDLESS);
            for (int n = 0; n < ENDLESS; n++) {
                out.text(label(n));
                out.text(label(n));
            }
        }
    };

    private static final int SOME = 50;
    private static final int ENDLESS = 10_000_000;
    private static final int LABEL_OCTETS = 8;
    private static final int RADIX = 36;

    /** True for one object with far too much in it. */
    boolean isOneObject() {
        return name().startsWith("ONE_");
    }

    /** Adds one object. */
    abstract void item(OctetWriter out, int i) throws IOException;

    void write(OctetWriter out) throws IOException {
        out.octet(Items.NAMESPACE);
        out.text("ns");
        for (int i = 0; ; i++) {
            item(out, i);
        }
    }

    /** A short one, for which whatever is of the same size for all names counts most. */
    private static String label(int i) {
        return Integer.toString(i, RADIX);
    }

    private static void begin(OctetWriter out, int item, int i) throws IOException {
        out.octet(item);
        out.text(label(i));
    }

    private static void service(OctetWriter out, int i, int addresses, int ports, int targets) throws IOException {
        begin(out, Items.SERVICE, i);
        out.octet(ServiceKind.CLUSTER_IP.ordinal());
        out.number(1 + 2 * addresses);
        for (int n = 0; n < addresses; n++) {
            address(out, i * addresses + n);
        }
        out.text("");
        ports(out, ports, i);
        out.number(targets);
        for (int n = 0; n < targets; n++) {
            out.text(label(i * SOME + n));
        }
    }

    private static void slice(OctetWriter out, int i, int bits) throws IOException {
        begin(out, Items.SLICE, i);
        out.octet(bits);
        out.text(label(i));
        ports(out, 1, i);
    }

    /** A list of its own. */
    private static void ports(OctetWriter out, int count, int i) throws IOException {
        out.number(0);
        out.number(count);
        for (int n = 0; n < count; n++) {
            out.number(i & 0xffff);
            out.text("tcp");
            out.text(label(i * SOME + n));
        }
    }

    private static void address(OctetWriter out, int i) throws IOException {
        out.octet(10);
        out.octet(i >> 16 & 0xff);
        out.octet(i >> 8 & 0xff);
        out.octet(i & 0xff);
    }

    private static void endpoints(OctetWriter out, int ipv4, int ipv6, int i) throws IOException {
        out.number(ipv4);
        out.number(ipv6);
        for (int n = 0; n < ipv4; n++) {
            address(out, i * ipv4 + n);
        }
        for (int n = 0; n < ipv6; n++) {
            for (int octets = 0; octets < 3; octets++) {
                address(out, octets);
            }
            address(out, i * ipv6 + n);
        }
    }
}
