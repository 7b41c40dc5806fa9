package org.cairndns.zone.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * RFC 1034 4.3.2 in the plainest form: lines of text, searched from end to end at each step.
 *
 * <p>Knows A, TXT, MX, NS, CNAME, DNAME, SOA in one zone; names in lower case. One object answers one question.
 */
final class ReferenceLookup {
    /** Past this many aliases the outcome is not compared. */
    private static final int MAX_ALIASES = 6;

    /** A record. */
    record Line(String owner, int ttlSeconds, String type, String rdata) {
        @Override
        public String toString() {
            return owner + " " + ttlSeconds + " " + type + " " + rdata;
        }
    }

    private final String apex;
    private final List<Line> zone;
    private final List<Line> answer = new ArrayList<>();
    private final Set<Line> authority = new LinkedHashSet<>();
    private final Set<Line> additional = new LinkedHashSet<>();
    private String rcode = "NOERROR";
    private boolean authoritative = true;
    private int aliases;

    ReferenceLookup(String apex, List<Line> zone) {
        this.apex = apex;
        this.zone = zone;
    }

    /** The answer in the form of {@link TestZones#ask}; empty where the aliases lead on without end. */
    List<String> ask(String qname, String qtype) {
        resolve(qname, qtype);
        List<String> lines = new ArrayList<>();
        if (aliases > MAX_ALIASES) {
            return lines;
        }
        lines.add(rcode + (authoritative ? " aa" : ""));
        new TreeSet<>(answer.stream().map(Line::toString).toList()).forEach(lines::add);
        new TreeSet<>(authority.stream().map(Line::toString).toList()).forEach(line -> lines.add("- " + line));
        new TreeSet<>(additional.stream().map(Line::toString).toList()).forEach(line -> lines.add("+ " + line));
        return lines;
    }

    private void resolve(String name, String qtype) {
        if (!isBelow(name, apex) && !name.equals(apex)) {
            positive();
            return;
        }
        List<String> path = path(name);
        for (String step : path) {
            boolean last = step.equals(name);
            if (!step.equals(apex) && has(step, "NS") && !(last && qtype.equals("DS"))) {
                referral(step);
                return;
            }
            if (!last && has(step, "DNAME")) {
                substitute(name, step, qtype);
                return;
            }
        }
        if (exists(name)) {
            at(name, name, qtype);
            return;
        }
        String encloser = path.stream()
                .filter(this::exists)
                .reduce((first, second) -> second)
                .orElseThrow();
        String wildcard = "*." + encloser;
        if (exists(wildcard)) {
            at(name, wildcard, qtype);
        } else {
            rcode = "NXDOMAIN";
            negative();
        }
    }

    /** The names from the apex down to this one. */
    private List<String> path(String name) {
        List<String> path = new ArrayList<>();
        for (String step = name; !step.equals(apex); step = step.substring(step.indexOf('.') + 1)) {
            path.addFirst(step);
        }
        path.addFirst(apex);
        return path;
    }

    private void at(String name, String source, String qtype) {
        if (has(source, "CNAME") && !qtype.equals("CNAME") && !qtype.equals("ANY")) {
            List<Line> found = records(source, "CNAME");
            found.forEach(line -> answer.add(new Line(name, line.ttlSeconds, "CNAME", line.rdata)));
            if (++aliases <= MAX_ALIASES) {
                resolve(found.getFirst().rdata, qtype);
            }
            return;
        }
        List<Line> found = zone.stream()
                .filter(line -> line.owner.equals(source) && (qtype.equals("ANY") || line.type.equals(qtype)))
                .toList();
        if (found.isEmpty()) {
            negative();
            return;
        }
        found.forEach(line -> answer.add(new Line(name, line.ttlSeconds, line.type, line.rdata)));
        found.forEach(this::addAddresses);
        if (!source.equals(apex) || !qtype.equals("NS")) {
            positive();
        }
    }

    private void substitute(String name, String owner, String qtype) {
        Line dname = records(owner, "DNAME").getFirst();
        String target = name.substring(0, name.length() - owner.length()) + dname.rdata;
        if (target.equals(name)) {
            rcode = "SERVFAIL";
            aliases = MAX_ALIASES + 1;
            return;
        }
        answer.add(dname);
        answer.add(new Line(name, dname.ttlSeconds, "CNAME", target));
        if (qtype.equals("CNAME") || qtype.equals("ANY")) {
            positive();
        } else if (++aliases <= MAX_ALIASES) {
            resolve(target, qtype);
        }
    }

    private void referral(String cut) {
        authoritative = !answer.isEmpty();
        authority.addAll(records(cut, "NS"));
        records(cut, "NS").forEach(this::addAddresses);
    }

    private void positive() {
        authority.addAll(records(apex, "NS"));
    }

    private void negative() {
        Line soa = records(apex, "SOA").getFirst();
        int minimum = Integer.parseInt(soa.rdata.substring(soa.rdata.lastIndexOf(' ') + 1));
        authority.add(new Line(apex, Math.min(soa.ttlSeconds, minimum), "SOA", soa.rdata));
    }

    private void addAddresses(Line line) {
        if (line.type.equals("MX") || line.type.equals("NS")) {
            String target = line.rdata.substring(line.rdata.lastIndexOf(' ') + 1);
            additional.addAll(records(target, "A"));
        }
    }

    private boolean exists(String name) {
        return zone.stream().anyMatch(line -> line.owner.equals(name) || isBelow(line.owner, name));
    }

    private static boolean isBelow(String name, String above) {
        return name.endsWith("." + above);
    }

    private boolean has(String owner, String type) {
        return !records(owner, type).isEmpty();
    }

    private List<Line> records(String owner, String type) {
        return zone.stream()
                .filter(line -> line.owner.equals(owner) && line.type.equals(type))
                .toList();
    }
}
