package org.cairndns.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Questions about names: every one of them, its parents, names beside and below it, search paths of names outside, each with types,
 * EDNS forms, transports and letter cases that a seed draws. Names that a scenario is about come up most often.
 */
final class Questions {
    private static final List<String> COMMON = List.of("A", "AAAA", "SRV", "A", "AAAA", "SRV", "PTR", "TXT", "HTTPS");
    private static final List<String> RARE = List.of(
            "NS",
            "SOA",
            "MX",
            "CNAME",
            "SVCB",
            "ANY",
            "DS",
            "DNSKEY",
            "CAA",
            "NAPTR",
            "HINFO",
            "TYPE65280",
            "NSEC",
            "AXFR",
            "IXFR",
            "TXT");
    private static final List<String> OUTSIDE = List.of(
            "www.example.com.",
            "example.com.",
            "api.example.net.",
            "nx.example.com.",
            "empty.example.com.",
            "fail.example.com.",
            "refused.example.com.",
            "cname.example.com.",
            "chain.example.com.",
            "many.example.com.");
    private static final List<String> INSIDE = List.of(
            "pod.",
            "svc.",
            "dns.",
            "nope.",
            "10-1-2-3.default.pod.",
            "fd00--1.default.pod.",
            "1-2-3.nope.pod.",
            "10-1-2-03.default.pod.",
            "a--b.default.pod.",
            "x.10-1-2-3.default.pod.");
    private static final List<String> FLAGS = List.of("rd", "rd", "rd", "rd", "rd", "-", "rd,ad", "rd,cd", "rd,ad,cd");
    private static final List<String> BESIDE =
            List.of("x", "nope", "_", "*", "_tcp", "_udp", "_x._tcp", "http.tcp", "10-0-0-1", "a.b.c");

    private static final int TIMES_IMPORTANT = 20;

    private final Random random;
    private final List<String> names;
    private final Set<String> important;

    Questions(long seed, Collection<String> existing, List<String> zones, Collection<String> further) {
        random = new Random(seed);
        List<String> all = new ArrayList<>(existing);
        for (String name : existing) {
            all.add(ClusterNames.parent(name));
            all.add(one(BESIDE) + "." + name);
            all.add(beside(name));
        }
        for (String zone : zones) {
            for (String name : OUTSIDE) {
                all.add(name + "svc." + zone);
                all.add(name + zone);
                all.add(name + "default.svc." + zone);
            }
            INSIDE.forEach(name -> all.add(name + zone));
            all.add(ClusterNames.parent(zone));
        }
        all.addAll(OUTSIDE);
        List<String> valid = new ArrayList<>(all.stream()
                .map(name -> name.isEmpty() ? "." : name)
                .filter(Questions::isValid)
                .distinct()
                .toList());
        important = Set.copyOf(further);
        for (int i = 0; i < TIMES_IMPORTANT; i++) {
            valid.addAll(further);
        }
        names = List.copyOf(valid);
    }

    private static boolean isValid(String name) {
        return name.length() <= 254 && Stream.of(name.split("\\.")).allMatch(label -> label.length() <= 63);
    }

    /** A label changed by a letter. */
    private String beside(String name) {
        int dot = name.indexOf('.');
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(0, Math.max(1, dot - 1)) + name.substring(dot);
            case 1 -> "x" + name;
            case 2 -> name.startsWith("_") ? name.substring(1).replaceFirst("\\._", ".") : "_" + name;
            default -> name.replaceFirst("\\.svc\\.", ".pod.");
        };
    }

    /** So many questions; each name comes up as often as any other. */
    List<Question> sample(int count) {
        List<Question> questions = new ArrayList<>(count);
        while (questions.size() < count) {
            for (String name : names) {
                questions.add(question(name));
            }
        }
        return questions.subList(0, count);
    }

    private Question question(String name) {
        EdnsForm[] forms = EdnsForm.values();
        EdnsForm form = random.nextInt(3) == 0 ? EdnsForm.NONE : forms[random.nextInt(forms.length)];
        return new Question(inSomeCase(name), type(name), qclass(name), form, random.nextInt(4) == 0, one(FLAGS));
    }

    private String qclass(String name) {
        return random.nextInt(important.contains(name) ? 8 : 100) == 0 ? "CH" : "IN";
    }

    private String type(String name) {
        if (name.endsWith("arpa.") && random.nextBoolean()) {
            return "PTR";
        }
        return one(random.nextInt(3) == 0 ? RARE : COMMON);
    }

    private String inSomeCase(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> mixed(name);
            default -> name;
        };
    }

    private String mixed(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            text.setCharAt(i, random.nextBoolean() ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
        }
        return text.toString();
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
