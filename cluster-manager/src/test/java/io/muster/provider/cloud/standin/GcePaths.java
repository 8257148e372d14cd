package io.muster.provider.cloud.standin;

import io.muster.provider.cloud.standin.ApiServer.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which path of the Compute Engine API does what. One call at a time. */
final class GcePaths {
    /** Small, so that everybody turns pages. */
    private static final int PAGE = 2;

    private static final String VERSION = "/compute/v1/projects/";
    private static final Set<String> REMOVABLE = Set.of("instances", "disks", "firewalls", "resourcePolicies");
    private static final JsonMapper JSON = new JsonMapper();

    private final GceStore store;
    private final GceRules rules;
    private final Addresses addresses;
    private final Map<String, GceStore.Operation> requests = new HashMap<>();

    GcePaths(GceStore store, Addresses addresses) {
        this.store = store;
        this.rules = new GceRules(store);
        this.addresses = addresses;
    }

    /** Gives network interfaces their numbers. */
    interface Addresses {
        String privateOne(String subnet);

        String publicOne();
    }

    Reply answer(CallRequest request, URI endpoint) throws CallRefusal {
        synchronized (store) {
            store.advance();
            if (!request.path().startsWith(VERSION)) {
                throw unknown(request);
            }
            String rest = request.path().substring(VERSION.length());
            String project = rest.replaceFirst("/.*$", "");
            String path = rest.substring(Math.min(rest.length(), project.length() + 1));
            if (path.startsWith("global/images/")) {
                return image(project, path.substring("global/images/".length()));
            }
            if (!project.equals(GceRules.PROJECT)) {
                throw new CallRefusal(404, "notFound", "The resource 'projects/" + project + "' was not found");
            }
            return switch (request.method()) {
                case "GET" -> get(request, path, endpoint + VERSION + project + "/");
                case "POST" -> operation(post(request, path), endpoint);
                case "PATCH" -> operation(patch(request, path), endpoint);
                case "DELETE" -> operation(delete(path), endpoint);
                default -> throw unknown(request);
            };
        }
    }

    private static CallRefusal unknown(CallRequest request) {
        return new CallRefusal(404, "noSuchPath", "No such path: " + request.method() + " " + request.path());
    }

    private static Reply operation(GceStore.Operation operation, URI endpoint) {
        return Reply.ok(operation.shown(endpoint + VERSION + GceRules.PROJECT + "/"));
    }

    private static Reply image(String project, String name) throws CallRefusal {
        String family = name.startsWith("family/") ? project + "/" + name.substring("family/".length()) : "";
        String found = family.isEmpty() ? name : GceRules.FAMILIES.getOrDefault(family, "");
        if (!GceRules.isImage("projects/" + project + "/global/images/" + found)) {
            throw new CallRefusal(404, "notFound", "The resource '" + project + "/" + name + "' was not found");
        }
        return Reply.ok(JSON.createObjectNode().put("name", found).put("status", "READY"));
    }

    private Reply get(CallRequest request, String path, String root) throws CallRefusal {
        List<String> words = List.of(path.split("/", -1));
        if (words.getFirst().equals("aggregated") && words.size() == 2) {
            return aggregated(request, words.get(1), root);
        }
        if (path.equals("global/firewalls") || path.matches("regions/[^/]+/resourcePolicies")) {
            String kind = words.getLast();
            String scope = path.substring(0, path.length() - kind.length() - 1);
            return page(
                    request,
                    store.all(kind).stream()
                            .filter(one -> one.scope().equals(scope))
                            .map(one -> one.shown(root))
                            .toList());
        }
        if (path.equals("regions/" + GceRules.REGION) || path.equals("regions/us-central1")) {
            return Reply.ok(JSON.createObjectNode().put("name", words.getLast()).put("status", "UP"));
        }
        int operations = words.indexOf("operations");
        if (operations == words.size() - 2 && operations > 0) {
            return Reply.ok(store.operation(String.join("/", words.subList(0, operations)), words.getLast())
                    .orElseThrow(() -> absent(path))
                    .shown(root));
        }
        if (words.getLast().equals("getGuestAttributes")) {
            return attributes(request, there(path.replaceFirst("/getGuestAttributes$", "")));
        }
        return Reply.ok(there(path).shown(root));
    }

    private static CallRefusal absent(String path) {
        return new CallRefusal(404, "notFound", "The resource '" + path + "' was not found");
    }

    private GceResource there(String path) throws CallRefusal {
        return store.find(path).orElseThrow(() -> absent(path));
    }

    private static Reply attributes(CallRequest request, GceResource instance) throws CallRefusal {
        if (!instance.metadata("enable-guest-attributes").equals("TRUE")
                || !request.query("queryPath").equals("muster/booted")) {
            throw GceRules.invalid("queryPath", request.query("queryPath"));
        }
        if (!instance.told) {
            throw absent(instance.path + "/guest-attributes/muster/booted");
        }
        ObjectNode body = JSON.createObjectNode();
        body.putObject("queryValue")
                .putArray("items")
                .addObject()
                .put("namespace", "muster")
                .put("key", "booted")
                .put("value", "true");
        return Reply.ok(body);
    }

    private record Page(List<JsonNode> items, String next) {}

    private static Page cut(CallRequest request, List<? extends JsonNode> all) throws CallRefusal {
        Predicate<JsonNode> filter = GceFilter.of(request.query("filter"));
        List<JsonNode> found = new ArrayList<>();
        all.stream().filter(filter).forEach(found::add);
        int from = request.query("pageToken").isEmpty()
                ? 0
                : Integer.parseInt(request.query("pageToken").replace("token-", ""));
        int to = Math.min(found.size(), from + PAGE);
        return new Page(found.subList(Math.min(from, to), to), to < found.size() ? "token-" + to : "");
    }

    private static Reply page(CallRequest request, List<? extends JsonNode> all) throws CallRefusal {
        Page page = cut(request, all);
        ObjectNode body = JSON.createObjectNode();
        if (!page.items().isEmpty()) {
            body.putArray("items").addAll(page.items());
        }
        if (!page.next().isEmpty()) {
            body.put("nextPageToken", page.next());
        }
        return Reply.ok(body);
    }

    private Reply aggregated(CallRequest request, String kind, String root) throws CallRefusal {
        List<ObjectNode> all = new ArrayList<>();
        if (kind.equals("machineTypes")) {
            GceRules.ZONES.forEach((zone, types) -> types.forEach(
                    type -> all.add(JSON.createObjectNode().put("name", type).put("zone", zone))));
        } else if (kind.equals("instances") || kind.equals("disks")) {
            store.all(kind).forEach(one -> all.add(one.shown(root)));
        } else {
            throw unknown(request);
        }
        Page page = cut(request, all);
        ObjectNode body = JSON.createObjectNode();
        ObjectNode items = body.putObject("items");
        for (String zone : GceRules.ZONES.keySet()) {
            ObjectNode scope = items.putObject("zones/" + zone);
            for (JsonNode one : page.items()) {
                if (one.path("zone").asString("").endsWith(zone)) {
                    scope.withArray(kind).add(one);
                }
            }
            if (scope.isEmpty()) {
                scope.putObject("warning").put("code", "NO_RESULTS_ON_PAGE");
            }
        }
        if (!page.next().isEmpty()) {
            body.put("nextPageToken", page.next());
        }
        return Reply.ok(body);
    }

    private GceStore.Operation post(CallRequest request, String path) throws CallRefusal {
        if (path.matches("zones/[^/]+/instances/[^/]+/setLabels")) {
            return label(request.body(), there(path.replaceFirst("/setLabels$", "")));
        }
        String kind = path.replaceFirst("^.*/", "");
        boolean known = path.matches("zones/[^/]+/instances")
                || path.equals("global/firewalls")
                || path.matches("regions/[^/]+/resourcePolicies");
        if (!known) {
            throw unknown(request);
        }
        GceShapes.check(kind, request.body());
        String id = request.query("requestId");
        if (!id.isEmpty()) {
            try {
                UUID.fromString(id);
            } catch (IllegalArgumentException e) {
                throw GceRules.invalid("requestId", id);
            }
            if (requests.containsKey(id)) {
                return requests.get(id);
            }
        }
        String name = request.body().path("name").asString("");
        if (store.find(path + "/" + name).isPresent()) {
            throw new CallRefusal(409, "alreadyExists", "The resource '" + path + "/" + name + "' already exists");
        }
        GceStore.Operation made = insert(kind, path, (ObjectNode) request.body().deepCopy());
        if (!id.isEmpty()) {
            requests.put(id, made);
        }
        return made;
    }

    private GceStore.Operation insert(String kind, String path, ObjectNode body) throws CallRefusal {
        GceResource made = new GceResource(path + "/" + body.path("name").asString(""), body);
        switch (kind) {
            case "instances" -> {
                String zone = path.split("/", -1)[1];
                if (!GceRules.ZONES.containsKey(zone)) {
                    throw absent("zones/" + zone);
                }
                rules.checkInstance(zone, body);
                number((ObjectNode) body.path("networkInterfaces").path(0));
                store.put(disk(made));
            }
            case "firewalls" -> rules.checkFirewall(body);
            default -> GceRules.checkName(made.name());
        }
        store.put(made);
        return store.begin("insert", made, () -> {});
    }

    private void number(ObjectNode card) {
        card.put("networkIP", addresses.privateOne(card.path("subnetwork").asString("")));
        if (card.path("accessConfigs").path(0) instanceof ObjectNode access) {
            access.put("natIP", addresses.publicOne());
        }
    }

    private static GceResource disk(GceResource instance) {
        ObjectNode body = JSON.createObjectNode();
        JsonNode wish = instance.at("disks.0.initializeParams");
        body.set("labels", wish.path("labels").deepCopy());
        body.put("sizeGb", wish.path("diskSizeGb").asString("10"));
        body.putArray("users").add(instance.path);
        return new GceResource(instance.scope() + "/disks/" + instance.name(), body);
    }

    private GceStore.Operation label(JsonNode body, GceResource instance) throws CallRefusal {
        GceShapes.check("setLabels", body);
        GceRules.checkLabels(body.path("labels"));
        if (!body.path("labelFingerprint").asString("").equals(instance.fingerprint())) {
            throw new CallRefusal(
                    412, "conditionNotMet", "Labels fingerprint either invalid or resource labels have changed");
        }
        return store.begin("setLabels", instance, () -> instance.body.set("labels", body.path("labels")));
    }

    private GceStore.Operation patch(CallRequest request, String path) throws CallRefusal {
        if (!path.startsWith("global/firewalls/")) {
            throw unknown(request);
        }
        GceShapes.check("patch", request.body());
        GceRules.checkRanges(request.body().path("sourceRanges"));
        GceResource rule = there(path);
        return store.begin("patch", rule, () -> rule.body.setAll((ObjectNode) request.body()));
    }

    private GceStore.Operation delete(String path) throws CallRefusal {
        GceResource going = there(path);
        if (!REMOVABLE.contains(going.kind())) {
            throw absent(path);
        }
        if (going.isInstance()) {
            going.status = "STOPPING";
            return store.begin("delete", going, () -> {});
        }
        rules.checkUnused(going);
        return store.begin("delete", going, () -> store.remove(going));
    }
}
