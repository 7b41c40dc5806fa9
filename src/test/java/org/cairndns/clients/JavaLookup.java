package org.cairndns.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Looks up names from Java in the way of its argument: {@code inet} or {@code jndi}.
 *
 * <p>Reads lines {@code any NAME}, {@code 4 NAME}, {@code 6 NAME} or {@code srv NAME}; writes {@code ok MILLIS ITEM...},
 * {@code none MILLIS} or {@code failed MILLIS WHY}.
 */
public final class JavaLookup {
    private JavaLookup() {}

    /** Answers lines until there are no more. */
    public static void main(String[] arguments) throws IOException {
        boolean jndi = arguments[0].equals("jndi");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            long startNanos = System.nanoTime();
            String verdict;
            List<String> items = List.of();
            try {
                items = jndi ? byDirectory(words[0], words[1]) : byInetAddress(words[0], words[1]);
                verdict = items.isEmpty() ? "none" : "ok";
            } catch (NamingException e) {
                verdict = "failed";
                items = List.of(e.toString());
            }
            System.out.println(
                    verdict + " " + (System.nanoTime() - startNanos) / 1_000_000 + " " + String.join(" ", items));
        }
    }

    private static List<String> byInetAddress(String kind, String name) throws NamingException {
        try {
            List<String> found = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                boolean wanted = kind.equals("any") || kind.equals("4") == (address.getAddress().length == 4);
                if (wanted) {
                    found.add(address.getHostAddress());
                }
            }
            return found;
        } catch (UnknownHostException e) {
            if (Optional.ofNullable(e.getMessage())
                    .orElse("")
                    .toLowerCase(Locale.ROOT)
                    .contains("temporary")) {
                throw new NamingException(e.getMessage());
            }
            return List.of();
        }
    }

    private static List<String> byDirectory(String kind, String name) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", "dns:");
        // One by one: for two at once the provider asks for ANY, which a server need not answer in full (RFC 8482).
        List<String> types = switch (kind) {
            case "4" -> List.of("A");
            case "6" -> List.of("AAAA");
            case "srv" -> List.of("SRV");
            default -> List.of("A", "AAAA");
        };
        InitialDirContext context = new InitialDirContext(environment);
        List<String> found = new ArrayList<>();
        Optional<NamingException> failure = Optional.empty();
        for (String type : types) {
            try {
                Attribute attribute =
                        context.getAttributes(name, new String[] {type}).get(type);
                if (attribute != null) {
                    add(attribute, found);
                }
            } catch (NameNotFoundException e) {
                // Nothing to add.
            } catch (NamingException e) {
                failure = Optional.of(e);
            }
        }
        context.close();
        if (found.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return found;
    }

    private static void add(Attribute attribute, List<String> found) throws NamingException {
        for (int i = 0; i < attribute.size(); i++) {
            String[] fields = attribute.get(i).toString().split(" ");
            found.add(attribute.getID().equals("SRV") ? fields[3] + ":" + fields[2] : fields[0]);
        }
    }
}
