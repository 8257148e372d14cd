package io.muster.provider.docker;

import io.muster.provider.NodeRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels of a node's container, and of what belongs to its cluster. */
final class NodeLabels {
    static final String OWNER = "muster-owner";
    static final String CLUSTER = "muster-cluster";
    static final String NODE = "muster-node";
    static final String INDEX = "muster-index";
    static final String SLOTS = "muster-slots";
    static final String HOST_KEY = "muster-host-key";
    static final String AUTHORIZED_KEY = "muster-authorized-key";
    static final String CREATED = "muster-created";

    private NodeLabels() {}

    static Map<String, String> ofCluster(String owner, String cluster) {
        return Map.of(OWNER, owner, CLUSTER, cluster);
    }

    static Map<String, String> ofNode(String owner, NodeRequest request, Instant now) {
        Map<String, String> labels = new LinkedHashMap<>(ofCluster(owner, request.cluster()));
        labels.put(NODE, request.name());
        labels.put(INDEX, String.valueOf(request.index()));
        labels.put(SLOTS, String.valueOf(request.slots()));
        labels.put(HOST_KEY, request.hostKey().publicKey());
        labels.put(AUTHORIZED_KEY, request.authorizedKey());
        labels.put(CREATED, now.toString());
        return labels;
    }

    /** Whether a container with these labels is the node that is asked for. */
    static boolean match(Map<String, String> labels, NodeRequest request) {
        return request.hostKey().publicKey().equals(labels.get(HOST_KEY))
                && request.authorizedKey().equals(labels.get(AUTHORIZED_KEY));
    }

    static int number(Map<String, String> labels, String name, int fallback) {
        String text = labels.getOrDefault(name, "");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : fallback;
    }

    static Instant created(Map<String, String> labels) {
        try {
            return Instant.parse(labels.getOrDefault(CREATED, ""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
