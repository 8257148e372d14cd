package io.muster.provider.cloud;

import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshAddress;
import io.muster.spec.AddressChoice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tags of everything that Muster makes in a cloud, and what they tell about an instance. */
final class NodeTags {
    static final String OWNER = "muster-owner";
    static final String CLUSTER = "muster-cluster";
    static final String NODE = "muster-node";
    static final String CREATED = "muster-created";

    private static final String INDEX = "muster-index";
    private static final String SLOTS = "muster-slots";
    private static final String HOST_KEY = "muster-host-key";
    /** The key itself may be longer than a tag. */
    private static final String AUTHORIZED_KEY_HASH = "muster-authorized-key-sha256";

    private static final String ADDRESS = "muster-address";
    /** Set when its SSH server answered: an instance that runs is no node yet. */
    private static final String READY = "muster-ready";

    private static final int SSH_PORT = 22;

    private NodeTags() {}

    static Map<String, String> ofOwner(String owner) {
        return Map.of(OWNER, owner);
    }

    static Map<String, String> ofCluster(String owner, String cluster) {
        return Map.of(OWNER, owner, CLUSTER, cluster);
    }

    static Map<String, String> ofNode(String owner, NodeRequest request, AddressChoice address, Instant now) {
        Map<String, String> tags = new LinkedHashMap<>(ofCluster(owner, request.cluster()));
        tags.put(NODE, request.name());
        tags.put(INDEX, String.valueOf(request.index()));
        tags.put(SLOTS, String.valueOf(request.slots()));
        tags.put(HOST_KEY, request.hostKey().publicKey());
        tags.put(AUTHORIZED_KEY_HASH, hash(request.authorizedKey()));
        tags.put(ADDRESS, address.name().toLowerCase(Locale.ROOT));
        tags.put(CREATED, now.toString());
        return tags;
    }

    static Map<String, String> ready(Instant now) {
        return Map.of(READY, now.toString());
    }

    static boolean isReady(Instance instance) {
        return instance.phase() == Instance.Phase.RUNNING && instance.tags().containsKey(READY);
    }

    /** Whether an instance is the node that is asked for. */
    static boolean match(Instance instance, NodeRequest request) {
        return request.hostKey().publicKey().equals(instance.tags().get(HOST_KEY))
                && hash(request.authorizedKey()).equals(instance.tags().get(AUTHORIZED_KEY_HASH));
    }

    /** Where the manager reaches an instance, once it has an address. */
    static Optional<SshAddress> ssh(Instance instance) {
        boolean isPrivate =
                AddressChoice.PRIVATE.name().equalsIgnoreCase(instance.tags().getOrDefault(ADDRESS, ""));
        Optional<String> address =
                isPrivate ? instance.privateAddress() : instance.publicAddress().or(instance::privateAddress);
        return address.map(host -> new SshAddress(host, SSH_PORT, UserData.LOGIN_USER));
    }

    /** The node of an instance that is not gone. */
    static ProvidedNode node(Instance instance) {
        return new ProvidedNode(
                instance.tags().getOrDefault(CLUSTER, ""),
                instance.tags().getOrDefault(NODE, instance.id()),
                number(instance, INDEX, -1),
                number(instance, SLOTS, 0),
                instance.id(),
                instance.tags().getOrDefault(HOST_KEY, ""),
                created(instance.tags()).orElse(instance.launchedAt()),
                state(instance));
    }

    private static NodeState state(Instance instance) {
        Optional<SshAddress> ssh = ssh(instance);
        return switch (instance.phase()) {
            case PENDING -> new NodeState.Starting();
            case RUNNING ->
                ssh.isPresent() && isReady(instance)
                        ? new NodeState.Running(
                                ssh.get(),
                                instance.privateAddress().orElse(ssh.get().host()))
                        : new NodeState.Starting();
            case ENDING, STOPPED, GONE -> new NodeState.Stopped(reason(instance));
        };
    }

    static String reason(Instance instance) {
        String phase = "the instance is " + instance.phase().name().toLowerCase(Locale.ROOT);
        return instance.reason().isEmpty() ? phase : phase + ": " + instance.reason();
    }

    static Optional<Instant> created(Map<String, String> tags) {
        try {
            return Optional.of(Instant.parse(tags.getOrDefault(CREATED, "")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static int number(Instance instance, String tag, int fallback) {
        String text = instance.tags().getOrDefault(tag, "");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : fallback;
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
