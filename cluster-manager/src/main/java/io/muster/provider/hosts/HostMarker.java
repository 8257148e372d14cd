package io.muster.provider.hosts;

import io.muster.provider.NodeRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one of our scripts found on a machine: lines {@code KIND TEXT}.
 *
 * @param result what became of the script
 * @param tags the marker, empty when there is none
 * @param lines everything else
 */
record HostMarker(String result, Map<String, String> tags, List<String> lines) {

    static HostMarker parse(String output) {
        String result = "";
        Map<String, String> tags = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("result") && words.length > 1) {
                result = words[1];
            } else if (words[0].equals("tag") && words.length > 1) {
                tags.put(words[1], words.length > 2 ? words[2] : "");
            } else {
                lines.add(line);
            }
        }
        return new HostMarker(result, Map.copyOf(tags), List.copyOf(lines));
    }

    String tag(String name) {
        return tags.getOrDefault(name, "");
    }

    int number(String name) {
        String text = tag(name);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    Instant createdAt(Instant otherwise) {
        try {
            return Instant.parse(tag("created"));
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    /** Everything after the kind, of all lines of a kind, in their order. */
    List<String> all(String kind) {
        return lines.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1))
                .toList();
    }

    boolean isReady() {
        return lines.contains("ready yes");
    }

    boolean isOf(String cluster, String node, String owner) {
        return tag("cluster").equals(cluster)
                && tag("node").equals(node)
                && tag("owner").equals(owner);
    }

    /** Whose it is, for a message. */
    String holder() {
        return "node " + tag("node") + " of cluster " + tag("cluster") + " of " + tag("owner") + ", since "
                + tag("created");
    }

    /** Why a request cannot have the machine that shows this marker. */
    String refusal(NodeRequest request, String owner, String hostKey) {
        if (!tag("hostkey").equals(hostKey)) {
            return "its home folder holds the marker of another machine (" + holder()
                    + "): the two share their home. Next step: give each host a user whose home is its own";
        }
        if (!tag("cluster").equals(request.cluster()) || !tag("owner").equals(owner)) {
            return "it is taken: " + holder() + ". Next step: take another host, or have its owner end that cluster"
                    + " with muster down " + tag("cluster") + "; where the owner is gone for good, run this there: sh"
                    + " ~/.muster/node/release";
        }
        if (!tag("node").equals(request.name())) {
            return "it is " + tag("node") + " of this cluster already. Next step: if the sizing file names one machine"
                    + " twice under two addresses, leave one out; if the hosts changed their order, muster down "
                    + request.cluster() + " first";
        }
        return "it is that node already, with other keys, made by another home of Muster. Next step: muster down "
                + request.cluster() + ", which gives the host back";
    }
}
