package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The machines of clusters with what is theirs. Parts without a machine, which a manager leaves that dies between two
 * calls and Azure leaves for a moment when it removes a machine, count as a machine that does not run.
 */
final class AzureMachines {
    private static final Duration PART = Duration.ofMinutes(3);
    private static final List<ArmKind> OF_NODE = List.of(ArmKind.MACHINE, ArmKind.CARD, ArmKind.ADDRESS, ArmKind.DISK);

    private final ArmClient client;
    private final AzureGroups groups;

    AzureMachines(ArmClient client, AzureGroups groups) {
        this.client = client;
        this.groups = groups;
    }

    /** What a machine is called here: its group and its base name. */
    static String id(String group, String base) {
        return group + "/" + base;
    }

    static String groupOf(String id) {
        return id.substring(0, id.indexOf('/'));
    }

    static String baseOf(String id) {
        return id.substring(id.indexOf('/') + 1);
    }

    List<Instance> list(Map<String, String> tags) throws CloudFailure {
        PowerStates power = new PowerStates();
        List<Instance> found = new ArrayList<>();
        for (AzureGroups.Group group : groups.find(tags)) {
            inGroup(group.name(), power).stream()
                    .filter(one -> one.tags().entrySet().containsAll(tags.entrySet()))
                    .forEach(found::add);
        }
        return found;
    }

    private List<Instance> inGroup(String group, PowerStates power) throws CloudFailure {
        Map<String, Map<ArmKind, JsonNode>> parts = new TreeMap<>();
        for (ArmKind kind : OF_NODE) {
            for (JsonNode one : resources(kind, group)) {
                String name = name(one);
                if (name.endsWith(kind.suffix())) {
                    parts.computeIfAbsent(
                                    name.substring(
                                            0, name.length() - kind.suffix().length()),
                                    _ -> new EnumMap<>(ArmKind.class))
                            .put(kind, one);
                }
            }
        }
        List<Instance> instances = new ArrayList<>();
        for (Map.Entry<String, Map<ArmKind, JsonNode>> one : parts.entrySet()) {
            if (!one.getValue().containsKey(ArmKind.MACHINE)) {
                // A list may be older than the machine.
                client.find(client.id(ArmKind.MACHINE, group, one.getKey()), ArmKind.MACHINE.version())
                        .ifPresent(machine -> one.getValue().put(ArmKind.MACHINE, machine));
            }
            instances.add(instance(id(group, one.getKey()), one.getValue(), power));
        }
        return instances;
    }

    private List<JsonNode> resources(ArmKind kind, String group) throws CloudFailure {
        try {
            return client.list(client.group(group) + "/providers/" + kind.type(), kind.version(), Map.of());
        } catch (CloudFailure e) {
            if (e.kind() == Kind.NOT_FOUND) {
                // The group went since it was listed.
                return List.of();
            }
            throw e;
        }
    }

    private static Instance instance(String id, Map<ArmKind, JsonNode> parts, PowerStates power) throws CloudFailure {
        Map<String, String> tags = new HashMap<>();
        // Those of the machine last: it is tagged again when it is ready.
        List.copyOf(parts.values()).reversed().forEach(part -> tags.putAll(AzureGroups.tags(part)));
        Optional<String> publicAddress =
                text(parts, ArmKind.ADDRESS, node -> node.path("properties").path("ipAddress"));
        Optional<String> privateAddress = text(
                parts,
                ArmKind.CARD,
                node -> node.path("properties")
                        .path("ipConfigurations")
                        .path(0)
                        .path("properties")
                        .path("privateIPAddress"));
        JsonNode machine = parts.get(ArmKind.MACHINE);
        if (machine == null) {
            String left = parts.keySet().stream().map(ArmKind::word).collect(Collectors.joining(", "));
            return new Instance(
                    id,
                    "",
                    tags,
                    Instance.Phase.STOPPED,
                    "there is no machine, only what belongs to one: " + left,
                    publicAddress,
                    privateAddress,
                    Instant.EPOCH);
        }
        PowerStates.State state = power.of(machine);
        JsonNode properties = machine.path("properties");
        return new Instance(
                id,
                properties.path("hardwareProfile").path("vmSize").asString(""),
                tags,
                state.phase(),
                state.reason(),
                publicAddress,
                privateAddress,
                AzureGroups.time(properties.path("timeCreated").asString("")).orElse(Instant.EPOCH));
    }

    @FunctionalInterface
    private interface Path {
        JsonNode in(JsonNode resource);
    }

    private static Optional<String> text(Map<ArmKind, JsonNode> parts, ArmKind kind, Path path) {
        JsonNode part = parts.get(kind);
        return part == null
                ? Optional.empty()
                : Optional.of(path.in(part).asString("")).filter(text -> !text.isEmpty());
    }

    private static String name(JsonNode resource) {
        return resource.path("name").asString("").toLowerCase(Locale.ROOT);
    }

    /** Has machines removed, which takes along what is theirs; removes parts that have no machine. */
    void remove(Collection<String> ids) throws CloudFailure {
        for (String id : ids) {
            String group = groupOf(id);
            String machine = client.id(ArmKind.MACHINE, group, baseOf(id));
            Optional<JsonNode> there = client.find(machine, ArmKind.MACHINE.version());
            if (there.isEmpty()) {
                for (ArmKind kind : List.of(ArmKind.CARD, ArmKind.ADDRESS, ArmKind.DISK)) {
                    client.remove(client.id(kind, group, baseOf(id) + kind.suffix()), kind.version(), PART);
                }
            } else if (!there.get()
                    .path("properties")
                    .path("provisioningState")
                    .asString("")
                    .equals("Deleting")) {
                client.delete(machine, ArmKind.MACHINE.version());
            }
        }
    }

    /** Which machines run: asked once, for all of the subscription, when one is made completely. */
    private final class PowerStates {
        private static final String POWER = "PowerState/";
        private static final String FAILED = "ProvisioningState/failed/";

        private final Map<String, JsonNode> statuses = new HashMap<>();
        private boolean asked;

        record State(Instance.Phase phase, String reason) {}

        State of(JsonNode machine) throws CloudFailure {
            String provisioning =
                    machine.path("properties").path("provisioningState").asString("");
            return switch (provisioning) {
                case "Creating" -> new State(Instance.Phase.PENDING, "");
                case "Deleting" -> new State(Instance.Phase.ENDING, "it is being removed");
                default -> state(statuses(machine), provisioning);
            };
        }

        private State state(JsonNode statuses, String provisioning) {
            String power = "";
            String reason = "";
            for (JsonNode status : statuses) {
                String code = status.path("code").asString("");
                if (code.startsWith(POWER)) {
                    power = code.substring(POWER.length());
                } else if (code.startsWith(FAILED)) {
                    String error = code.substring(FAILED.length());
                    reason = (ArmFailures.isNoRoom(error) ? "no Capacity: " : "") + error + ": "
                            + status.path("message").asString("");
                }
            }
            boolean failed = provisioning.equals("Failed");
            return switch (power) {
                case "running" -> new State(Instance.Phase.RUNNING, reason);
                case "starting" -> new State(Instance.Phase.PENDING, reason);
                case "stopping", "deallocating" -> new State(Instance.Phase.ENDING, power);
                case "stopped", "deallocated" -> new State(Instance.Phase.STOPPED, power);
                default ->
                    new State(
                            failed ? Instance.Phase.STOPPED : Instance.Phase.PENDING,
                            failed && reason.isEmpty() ? "its creation failed" : reason);
            };
        }

        private JsonNode statuses(JsonNode machine) throws CloudFailure {
            if (!asked) {
                asked = true;
                client.list(
                                client.subscription("/providers/" + ArmKind.MACHINE.type()),
                                ArmKind.MACHINE.version(),
                                Map.of("statusOnly", "true"))
                        .forEach(one ->
                                statuses.put(key(one), one.path("properties").path("instanceView")));
            }
            JsonNode view = statuses.get(key(machine));
            if (view == null || view.path("statuses").isEmpty()) {
                String id = machine.path("id").asString("");
                view = client.find(id + "/instanceView", ArmKind.MACHINE.version())
                        .orElse(machine);
            }
            return view.path("statuses");
        }

        private String key(JsonNode machine) {
            return machine.path("id").asString("").toLowerCase(Locale.ROOT);
        }
    }
}
