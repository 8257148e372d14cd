package io.muster.provider.cloud.standin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources of one subscription and what time makes of them: nothing is there or gone at once. Every method is
 * called under the lock of the store.
 */
final class ArmStore {
    private static final long MAKES_MS = 60;
    private static final long REMOVES_MS = 120;
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, ArmResource> resources = new TreeMap<>();
    private final Map<String, ArmResource> groups = new TreeMap<>();

    Optional<ArmResource> find(String id) {
        return Optional.ofNullable(resources.get(ArmResource.key(id)));
    }

    List<ArmResource> all() {
        return List.copyOf(resources.values());
    }

    List<ArmResource> inGroup(String group, String type) {
        return resources.values().stream()
                .filter(one -> one.group.equalsIgnoreCase(group))
                .filter(one -> type.isEmpty() || one.is(type))
                .toList();
    }

    /** What names a resource; a machine that is going holds its parts to the end. */
    List<ArmResource> users(String id, String type) {
        return resources.values().stream()
                .filter(one -> type.isEmpty() || one.is(type))
                .filter(one ->
                        one.uses(id) || (one.is(ArmRules.MACHINE) && diskOf(one).equals(ArmResource.key(id))))
                .toList();
    }

    Optional<ArmResource> group(String name) {
        return Optional.ofNullable(groups.get(ArmResource.key(name)));
    }

    List<ArmResource> groups() {
        return List.copyOf(groups.values());
    }

    void putGroup(ArmResource group) {
        group.state = "Succeeded";
        groups.put(ArmResource.key(group.name), group);
    }

    /** It is to come; a machine does when somebody boots it. */
    void put(ArmResource made) {
        ArmResource before = resources.put(ArmResource.key(made.id), made);
        made.state = made.is(ArmRules.MACHINE) ? "Creating" : "Updating";
        made.dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAKES_MS);
        if (made.is(ArmRules.MACHINE) && before == null) {
            putDisk(made);
        }
    }

    private void putDisk(ArmResource machine) {
        JsonNode wish = machine.properties().path("storageProfile").path("osDisk");
        String name = wish.path("name").asString(machine.name + "_disk1");
        ObjectNode body = JSON.createObjectNode();
        body.put("location", machine.body.path("location").asString(""));
        body.put("managedBy", machine.id);
        body.putObject("properties").put("diskSizeGB", wish.path("diskSizeGB").asInt(30));
        ArmResource disk = new ArmResource(
                machine.id.replaceFirst("(?i)/providers/.*$", "") + "/providers/" + ArmRules.DISK + "/" + name,
                ArmRules.DISK,
                machine.group,
                name,
                body);
        disk.state = "Succeeded";
        resources.put(ArmResource.key(disk.id), disk);
    }

    private static String diskOf(ArmResource machine) {
        String name = machine.properties()
                .path("storageProfile")
                .path("osDisk")
                .path("name")
                .asString("");
        return ArmResource.key(
                machine.id.replaceFirst("(?i)/providers/.*$", "") + "/providers/" + ArmRules.DISK + "/" + name);
    }

    /** It is to go; a machine goes when somebody has ended it. */
    void remove(ArmResource going) {
        going.state = "Deleting";
        going.dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REMOVES_MS);
    }

    void removeGroup(ArmResource group) {
        remove(group);
        inGroup(group.name, "").forEach(this::remove);
    }

    /** The machine does not run any more: with it goes what was made to go with it. */
    void ended(ArmResource machine) {
        resources.remove(ArmResource.key(machine.id));
        Set<String> going = new HashSet<>();
        for (JsonNode card : machine.properties().path("networkProfile").path("networkInterfaces")) {
            if (isGoing(card.path("properties"))) {
                going.add(card.path("id").asString(""));
                find(card.path("id").asString(""))
                        .ifPresent(one -> addressOf(one).ifPresent(going::add));
            }
        }
        if (isGoing(machine.properties().path("storageProfile").path("osDisk"))) {
            going.add(diskOf(machine));
        }
        going.forEach(id -> find(id).ifPresent(this::remove));
    }

    private Optional<String> addressOf(ArmResource card) {
        JsonNode address = card.properties()
                .path("ipConfigurations")
                .path(0)
                .path("properties")
                .path("publicIPAddress");
        return isGoing(address.path("properties"))
                ? Optional.of(address.path("id").asString(""))
                : Optional.empty();
    }

    private static boolean isGoing(JsonNode wish) {
        return wish.path("deleteOption").asString("").equals("Delete");
    }

    /** What has become of everything by now. */
    void advance() {
        long now = System.nanoTime();
        for (ArmResource one : new ArrayList<>(resources.values())) {
            if (one.is(ArmRules.MACHINE) || now - one.dueNanos < 0) {
                continue;
            }
            if (one.state.equals("Updating")) {
                one.state = "Succeeded";
            } else if (one.state.equals("Deleting") && users(one.id, "").isEmpty()) {
                resources.remove(ArmResource.key(one.id));
            }
        }
        groups.values()
                .removeIf(group -> group.state.equals("Deleting")
                        && inGroup(group.name, "").isEmpty());
    }
}
