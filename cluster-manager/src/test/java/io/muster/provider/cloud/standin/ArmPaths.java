package io.muster.provider.cloud.standin;

import io.muster.provider.cloud.standin.ApiServer.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Which path of the resource manager does what. One call at a time. */
final class ArmPaths {
    static final String SUBSCRIPTION = "7f1c0e2a-0000-4000-8000-00000000000a";

    private static final String RESOURCES_VERSION = "2021-04-01";
    private static final String COMPUTE_VERSION = "2024-07-01";
    /** Small, so that everybody turns pages. */
    private static final int PAGE = 2;

    private static final JsonMapper JSON = new JsonMapper();

    private final ArmStore store;
    private final ArmRules rules;
    private final Addresses addresses;

    ArmPaths(ArmStore store, Addresses addresses) {
        this.store = store;
        this.rules = new ArmRules(store);
        this.addresses = addresses;
    }

    /** Gives network cards and public addresses their numbers. */
    interface Addresses {
        String privateOne(JsonNode subnet);

        String publicOne();
    }

    Reply answer(CallRequest request, URI endpoint) throws CallRefusal {
        synchronized (store) {
            store.advance();
            List<String> words = request.words();
            if (!words.getFirst().equals("subscriptions") || words.size() < 3) {
                throw unknown(request);
            }
            if (!words.get(1).equals(SUBSCRIPTION)) {
                throw new CallRefusal(
                        404, "SubscriptionNotFound", "The subscription '" + words.get(1) + "' could not be found.");
            }
            if (request.query("api-version").isEmpty()) {
                throw new CallRefusal(
                        400, "MissingApiVersionParameter", "The api-version query parameter is required.");
            }
            List<String> rest = words.subList(2, words.size());
            return rest.getFirst().equalsIgnoreCase("resourcegroups")
                    ? ofGroups(request, rest, endpoint)
                    : ofSubscription(request, rest, endpoint);
        }
    }

    private static CallRefusal unknown(CallRequest request) {
        return new CallRefusal(404, "NotFound", "No such path: " + request.method() + " " + request.path());
    }

    private static void version(CallRequest request, String version) throws CallRefusal {
        if (!request.query("api-version").equals(version)) {
            throw new CallRefusal(
                    400,
                    "InvalidApiVersionParameter",
                    "The api-version '" + request.query("api-version") + "' is invalid.");
        }
    }

    private Reply ofGroups(CallRequest request, List<String> rest, URI endpoint) throws CallRefusal {
        if (rest.size() <= 2) {
            version(request, RESOURCES_VERSION);
            return rest.size() == 1 ? groups(request, endpoint) : group(request, rest.get(1));
        }
        ArmResource group = store.group(rest.get(1))
                .orElseThrow(() -> new CallRefusal(
                        404, "ResourceGroupNotFound", "Resource group '" + rest.get(1) + "' could not be found."));
        if (rest.size() == 3 && rest.get(2).equals("resources")) {
            version(request, RESOURCES_VERSION);
            return list(
                    request,
                    store.inGroup(group.name, "").stream()
                            .map(ArmPaths::generic)
                            .toList(),
                    endpoint);
        }
        if (rest.size() < 5 || !rest.get(2).equals("providers")) {
            throw unknown(request);
        }
        String type = rest.get(3) + "/" + rest.get(4);
        List<String> tail = rest.subList(5, rest.size());
        if (tail.size() == 5 && String.join("/", tail).endsWith("/providers/Microsoft.Resources/tags/default")) {
            version(request, RESOURCES_VERSION);
            return tag(request, there(group, type, tail.getFirst()));
        }
        ArmShapes.checkVersion(type, request.query("api-version"));
        if (tail.isEmpty()) {
            return list(
                    request,
                    store.inGroup(group.name, type).stream()
                            .map(ArmResource::shown)
                            .toList(),
                    endpoint);
        }
        if (tail.size() == 1) {
            return resource(request, group, type, tail.getFirst());
        }
        ArmResource parent = there(group, type, tail.getFirst());
        if (request.method().equals("GET") && tail.size() == 2 && tail.get(1).equals("instanceView")) {
            ObjectNode view = JSON.createObjectNode();
            parent.fillView(view);
            return Reply.ok(view);
        }
        if (request.method().equals("GET") && tail.size() == 3 && tail.get(1).equals("subnets")) {
            if (!ArmRules.hasSubnet(parent, tail.get(2))) {
                throw missing(request.path());
            }
            return Reply.ok(JSON.createObjectNode().put("name", tail.get(2)));
        }
        throw unknown(request);
    }

    private static CallRefusal missing(String what) {
        return new CallRefusal(404, "ResourceNotFound", "The Resource '" + what + "' was not found.");
    }

    private static String id(ArmResource group, String type, String name) {
        return group.id + "/providers/" + type + "/" + name;
    }

    private ArmResource there(ArmResource group, String type, String name) throws CallRefusal {
        return store.find(id(group, type, name)).orElseThrow(() -> missing(id(group, type, name)));
    }

    private Reply groups(CallRequest request, URI endpoint) throws CallRefusal {
        String filter = request.query("$filter");
        if (!filter.matches("tagName eq '[^']+'( and tagValue eq '[^']+')?")) {
            throw new CallRefusal(400, "InvalidFilterInQueryString", "Invalid $filter '" + filter + "'.");
        }
        List<String> words = List.of(filter.split("'", -1));
        List<ObjectNode> found = store.groups().stream()
                .filter(one -> one.body.path("tags").has(words.get(1)))
                .filter(one -> words.size() < 5
                        || one.body.path("tags").path(words.get(1)).asString("").equals(words.get(3)))
                .map(ArmResource::shown)
                .toList();
        return list(request, found, endpoint);
    }

    private Reply group(CallRequest request, String name) throws CallRefusal {
        Optional<ArmResource> there = store.group(name);
        if (request.method().equals("PUT")) {
            return putGroup(request, name, there);
        }
        ArmResource group = there.orElseThrow(() ->
                new CallRefusal(404, "ResourceGroupNotFound", "Resource group '" + name + "' could not be found."));
        if (request.method().equals("DELETE")) {
            store.removeGroup(group);
            return accepted();
        }
        return Reply.ok(group.shown());
    }

    private Reply putGroup(CallRequest request, String name, Optional<ArmResource> there) throws CallRefusal {
        String location = request.body().path("location").asString("");
        rules.checkLocation(location);
        rules.checkTags(request.body().path("tags"));
        if (there.isPresent() && there.get().state.equals("Deleting")) {
            throw new CallRefusal(409, "ResourceGroupBeingDeleted", "The group '" + name + "' is being removed.");
        }
        if (there.isPresent() && !there.get().body.path("location").asString("").equals(location)) {
            throw new CallRefusal(409, "InvalidResourceGroupLocation", "The group is in another location.");
        }
        if (!name.matches("[-\\w._()]{1,90}") || name.endsWith(".")) {
            throw new CallRefusal(400, "InvalidResourceGroup", "The provided resource group name is invalid.");
        }
        ArmResource made = new ArmResource(
                "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/" + name,
                "Microsoft.Resources/resourceGroups",
                name,
                name,
                body(request));
        store.putGroup(made);
        return new Reply(there.isEmpty() ? 201 : 200, made.shown(), Map.of());
    }

    private static Reply accepted() {
        return new Reply(
                202,
                MissingNode.getInstance(),
                Map.of(
                        "Location",
                        "ENDPOINT/subscriptions/" + SUBSCRIPTION + "/operationresults/1",
                        "Retry-After",
                        "15"));
    }

    private Reply resource(CallRequest request, ArmResource group, String type, String name) throws CallRefusal {
        String id = id(group, type, name);
        Optional<ArmResource> there = store.find(id);
        return switch (request.method()) {
            case "GET" -> Reply.ok(there(group, type, name).shown());
            case "PUT" -> put(request, new ArmResource(id, type, group.name, name, body(request)), there, group);
            case "DELETE" -> {
                if (there.isEmpty()) {
                    yield new Reply(204, MissingNode.getInstance(), Map.of());
                }
                rules.checkRemoval(there.get());
                store.remove(there.get());
                yield accepted();
            }
            default -> throw unknown(request);
        };
    }

    private static ObjectNode body(CallRequest request) throws CallRefusal {
        if (request.body() instanceof ObjectNode body) {
            return body.deepCopy();
        }
        throw new CallRefusal(400, "InvalidRequestContent", "The request content was invalid.");
    }

    private Reply put(CallRequest request, ArmResource made, Optional<ArmResource> before, ArmResource group)
            throws CallRefusal {
        ArmShapes.checkBody(made.type, request.body());
        rules.checkLocation(request.body().path("location").asString(""));
        rules.checkTags(request.body().path("tags"));
        if (group.state.equals("Deleting")) {
            throw new CallRefusal(409, "ResourceGroupBeingDeleted", "The group is in deprovisioning state.");
        }
        if (before.isPresent() && request.onlyNew()) {
            throw new CallRefusal(412, "PreconditionFailed", "The resource " + made.id + " exists already.");
        }
        if (before.isPresent() && before.get().state.equals("Deleting")) {
            throw new CallRefusal(
                    409, "AnotherOperationInProgress", "Another operation on " + made.id + " is in progress.");
        }
        if (before.isPresent() && made.is(ArmRules.MACHINE)) {
            throw new CallRefusal(409, "PropertyChangeNotAllowed", "Changing property 'customData' is not allowed.");
        }
        rules.checkCreation(made);
        number(made, before);
        store.put(made);
        return new Reply(
                before.isEmpty() ? 201 : 200,
                made.shown(),
                Map.of("Azure-AsyncOperation", "ENDPOINT/subscriptions/" + SUBSCRIPTION + "/operations/1"));
    }

    private void number(ArmResource made, Optional<ArmResource> before) {
        if (made.is(ArmRules.ADDRESS) && made.body.path("properties") instanceof ObjectNode properties) {
            String now = before.map(one -> one.properties().path("ipAddress").asString(""))
                    .orElseGet(addresses::publicOne);
            properties.put("ipAddress", now);
        }
        JsonNode ip = made.properties().path("ipConfigurations").path(0).path("properties");
        if (made.is(ArmRules.CARD) && ip instanceof ObjectNode properties) {
            String now = before.map(one -> one.properties()
                            .path("ipConfigurations")
                            .path(0)
                            .path("properties")
                            .path("privateIPAddress")
                            .asString(""))
                    .orElseGet(() -> addresses.privateOne(ip.path("subnet")));
            properties.put("privateIPAddress", now);
        }
    }

    private Reply tag(CallRequest request, ArmResource resource) throws CallRefusal {
        JsonNode tags = request.body().path("properties").path("tags");
        if (!request.method().equals("PATCH")
                || !request.body().path("operation").asString("").equals("Merge")
                || !tags.isObject()) {
            throw unknown(request);
        }
        ObjectNode all =
                resource.body.path("tags") instanceof ObjectNode there ? there : resource.body.putObject("tags");
        tags.properties().forEach(one -> all.set(one.getKey(), one.getValue()));
        rules.checkTags(all);
        return Reply.ok(request.body());
    }

    private static ObjectNode generic(ArmResource one) {
        ObjectNode shown = JSON.createObjectNode();
        shown.put("id", one.id).put("name", one.name).put("type", one.type);
        shown.put("createdTime", one.created.toString());
        shown.set("tags", one.body.path("tags").isObject() ? one.body.path("tags") : JSON.createObjectNode());
        return shown;
    }

    private Reply ofSubscription(CallRequest request, List<String> rest, URI endpoint) throws CallRefusal {
        String path = String.join("/", rest).toLowerCase(Locale.ROOT);
        if (!request.method().equals("GET")) {
            throw unknown(request);
        }
        version(request, COMPUTE_VERSION);
        if (path.equals("providers/microsoft.compute/virtualmachines")
                && request.query("statusOnly").equals("true")) {
            List<ObjectNode> found = new ArrayList<>();
            for (ArmResource one : store.all()) {
                if (one.is(ArmRules.MACHINE)) {
                    ObjectNode shown = JSON.createObjectNode();
                    // As Azure has it: this list shouts the names of groups.
                    shown.put("id", one.id.replace(one.group, one.group.toUpperCase(Locale.ROOT)));
                    one.fillView(shown.putObject("properties").putObject("instanceView"));
                    found.add(shown);
                }
            }
            return list(request, found, endpoint);
        }
        if (path.matches("providers/microsoft.compute/locations/[^/]+/publishers/[^/]+/artifacttypes/vmimage/offers/"
                + "[^/]+/skus/[^/]+/versions(/[^/]+)?")) {
            return image(rest);
        }
        throw unknown(request);
    }

    private static Reply image(List<String> rest) throws CallRefusal {
        String name = String.join(":", rest.get(5), rest.get(9), rest.get(11));
        if (!ArmRules.IMAGES.containsKey(name) || (rest.size() > 13 && !ArmRules.VERSIONS.contains(rest.get(13)))) {
            throw new CallRefusal(404, "PlatformImageNotFound", "No image " + name + ".");
        }
        if (rest.size() > 13) {
            ObjectNode shown = JSON.createObjectNode().put("name", rest.get(13));
            ObjectNode properties = shown.putObject("properties");
            ArmRules.IMAGES
                    .get(name)
                    .ifPresent(plan -> properties
                            .putObject("plan")
                            .put("name", plan)
                            .put("product", rest.get(9))
                            .put("publisher", rest.get(5)));
            return Reply.ok(shown);
        }
        var versions = JSON.createArrayNode();
        ArmRules.VERSIONS.forEach(version -> versions.addObject().put("name", version));
        return Reply.ok(versions);
    }

    private static Reply list(CallRequest request, List<ObjectNode> all, URI endpoint) throws CallRefusal {
        if (!request.method().equals("GET")) {
            throw unknown(request);
        }
        String token = request.query("$skiptoken");
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        ObjectNode page = JSON.createObjectNode();
        var value = page.putArray("value");
        all.stream().skip(from).limit(PAGE).forEach(value::add);
        if (all.size() > from + PAGE) {
            StringBuilder next = new StringBuilder(endpoint + request.path() + "?%24skiptoken=" + (from + PAGE));
            request.query().forEach((key, word) -> {
                if (!key.equals("$skiptoken")) {
                    next.append('&').append(encoded(key)).append('=').append(encoded(word));
                }
            });
            page.put("nextLink", next.toString());
        }
        return Reply.ok(page);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
