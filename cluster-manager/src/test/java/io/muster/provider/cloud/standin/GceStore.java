package io.muster.provider.cloud.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The resources of one project and its operations, which take their time. Called under the lock of the store. */
final class GceStore {
    private static final long TAKES_MS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, GceResource> resources = new TreeMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** What a call has begun. Guarded by the store. */
    static final class Operation {
        final String name = "operation-" + UUID.randomUUID();
        final String type;
        final GceResource target;
        final Runnable effect;
        final long dueNanos;
        String status = "RUNNING";
        String error = "";

        Operation(String type, GceResource target, long dueNanos, Runnable effect) {
            this.type = type;
            this.target = target;
            this.dueNanos = dueNanos;
            this.effect = effect;
        }

        ObjectNode shown(String root) {
            ObjectNode shown = JSON.createObjectNode();
            String scope = target.scope();
            shown.put("kind", "compute#operation").put("name", name).put("operationType", type);
            shown.put("status", status).put("targetLink", root + target.path);
            if (!scope.equals("global")) {
                shown.put(scope.startsWith("zones/") ? "zone" : "region", root + scope);
            }
            if (!error.isEmpty()) {
                shown.put("httpErrorStatusCode", error.equals("QUOTA_EXCEEDED") ? 403 : 503);
                shown.putObject("error")
                        .putArray("errors")
                        .addObject()
                        .put("code", error)
                        .put("message", "as the test wants it");
            }
            return shown;
        }
    }

    Optional<GceResource> find(String path) {
        return Optional.ofNullable(resources.get(path));
    }

    List<GceResource> all() {
        return List.copyOf(resources.values());
    }

    List<GceResource> all(String kind) {
        return resources.values().stream()
                .filter(one -> one.kind().equals(kind))
                .toList();
    }

    void put(GceResource resource) {
        resources.put(resource.path, resource);
    }

    void remove(GceResource resource) {
        resources.remove(resource.path);
    }

    Optional<Operation> operation(String scope, String name) {
        return Optional.ofNullable(operations.get(name))
                .filter(one -> one.target.scope().equals(scope));
    }

    /** Something with an effect a moment later; with none, whoever looks after the target ends it. */
    Operation begin(String type, GceResource target, Runnable effect) {
        Operation operation =
                new Operation(type, target, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TAKES_MS), effect);
        operations.put(operation.name, operation);
        if (target.isInstance() && !type.equals("setLabels")) {
            target.operation = operation.name;
        }
        return operation;
    }

    /** The instance is as it was to be, or the error says why not. */
    void end(GceResource instance, String error) {
        Operation operation = operations.get(instance.operation);
        if (operation != null) {
            operation.status = "DONE";
            operation.error = error;
        }
    }

    /** It is gone, and its disk with it. */
    void vanish(GceResource instance) {
        remove(instance);
        if (instance.at("disks.0.autoDelete").asBoolean(false)) {
            resources.remove(instance.scope() + "/disks/" + instance.name());
        } else {
            find(instance.scope() + "/disks/" + instance.name()).ifPresent(disk -> disk.body.remove("users"));
        }
    }

    /** What has become of everything by now. */
    void advance() {
        for (Operation one : new ArrayList<>(operations.values())) {
            boolean ofGuest = one.target.isInstance() && !one.type.equals("setLabels");
            if (!ofGuest && one.status.equals("RUNNING") && System.nanoTime() - one.dueNanos > 0) {
                one.effect.run();
                one.status = "DONE";
            }
        }
    }
}
