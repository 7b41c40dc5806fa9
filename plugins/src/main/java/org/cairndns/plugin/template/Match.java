package org.cairndns.plugin.template;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.template.text.Method;
import org.cairndns.plugin.template.text.TemplateFailureException;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.IpAddress;

/**
 * A question that a stanza answers.
 *
 * @param zone the stanza's zone that the name is in
 * @param name qname in lower case
 * @param dnsClass class of the question, the stanza's if that is ANY
 * @param type type of the question, the stanza's if that is ANY
 * @param matcher stands at what the pattern found in the name
 */
record Match(Query query, String zone, String name, int dnsClass, int type, Matcher matcher) {
    /** Keys of {@link #data}. */
    static final Set<String> FIELDS =
            Set.of("Zone", "Name", "Regex", "Match", "Group", "Class", "Type", "Message", "Question", "Remote", "Meta");

    /** The data of the templates. */
    Map<String, Object> data(Metadata metadata) {
        List<String> groups = new ArrayList<>();
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            groups.add(group == null ? "" : group);
            byName.put(String.valueOf(i), groups.get(i));
        }
        matcher.pattern().namedGroups().forEach((group, index) -> byName.put(group, groups.get(index)));
        Map<String, Object> question = question();
        Map<String, Object> data = new HashMap<>();
        data.put("Zone", zone);
        data.put("Name", name);
        data.put("Regex", matcher.pattern().pattern());
        data.put("Match", groups);
        data.put("Group", byName);
        data.put("Class", DnsClass.text(dnsClass));
        data.put("Type", RecordType.text(type));
        data.put("Message", message(question));
        data.put("Question", question);
        data.put("Remote", IpAddress.of(query.client().getAddress()).toString());
        Method meta = args -> {
            if (args.size() != 1 || !(args.getFirst() instanceof String label)) {
                throw new TemplateFailureException(".Meta takes one text");
            }
            return metadata.find(label, query);
        };
        data.put("Meta", meta);
        return data;
    }

    private Map<String, Object> question() {
        return Map.of("Name", query.qname().toString(), "Qtype", (long) query.qtype(), "Qclass", (long) query.qclass());
    }

    private Map<String, Object> message(Map<String, Object> question) {
        return Map.of(
                "Id", (long) query.id(),
                "Opcode", 0L,
                "Response", false,
                "RecursionDesired", query.recursionDesired(),
                "AuthenticatedData", query.authenticData(),
                "CheckingDisabled", query.checkingDisabled(),
                "Question", List.of(question));
    }
}
