package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.ClusterResources;
import io.muster.provider.cloud.Place;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The resource groups of clusters, one for each cluster and region, found by their tags. */
final class AzureGroups {
    /** What a resource group is called in Muster's lists. */
    static final String WORD = "resource-group";

    private static final String OWNER_TAG = "muster-owner";
    private static final String CREATED_TAG = "muster-created";
    private static final int MAX_NAME = 90;
    private static final int KEPT_OF_LONG_NAME = 64;

    private final ArmClient client;
    private final Place place;

    AzureGroups(ArmClient client, Place place) {
        this.client = client;
        this.place = place;
    }

    /** A resource group with its tags, in small letters: Azure does not keep the case of names. */
    record Group(String name, String location, Map<String, String> tags) {
        Optional<Instant> createdAt() {
            return time(tags.getOrDefault(CREATED_TAG, ""));
        }
    }

    /** Those of this region in which something with these tags may be. */
    List<Group> find(Map<String, String> tags) throws CloudFailure {
        String owner = tags.getOrDefault(OWNER_TAG, "");
        return list(owner.isEmpty() ? "" : " and tagValue eq '" + owner + "'").stream()
                .filter(group -> group.location().equals(place.region()))
                .filter(group -> tags.entrySet().stream()
                        .allMatch(
                                tag -> tag.getValue().equals(group.tags().getOrDefault(tag.getKey(), tag.getValue()))))
                .toList();
    }

    /** Those of everybody who uses Muster in the subscription, in all regions. */
    List<Group> all() throws CloudFailure {
        return list("");
    }

    private List<Group> list(String condition) throws CloudFailure {
        return client
                .list(
                        client.subscription("/resourcegroups"),
                        ArmKind.Version.RESOURCES,
                        Map.of("$filter", "tagName eq '" + OWNER_TAG + "'" + condition))
                .stream()
                .map(one -> new Group(
                        one.path("name").asString("").toLowerCase(Locale.ROOT),
                        one.path("location").asString("").toLowerCase(Locale.ROOT),
                        tags(one)))
                .toList();
    }

    /** Makes the group of a cluster, if it is not there, and answers its name. */
    String prepare(ClusterResources resources) throws CloudFailure {
        String name = name(resources.name() + "." + place.region());
        if (client.find(client.group(name), ArmKind.Version.RESOURCES).isEmpty()) {
            Map<String, String> tags = new HashMap<>(resources.tags());
            tags.put(CREATED_TAG, Instant.now().toString());
            client.put(client.group(name), ArmKind.Version.RESOURCES, Map.of("location", place.region(), "tags", tags));
        }
        return name;
    }

    private static String name(String wanted) {
        if (wanted.length() <= MAX_NAME) {
            return wanted;
        }
        return wanted.substring(0, KEPT_OF_LONG_NAME) + "." + Integer.toHexString(wanted.hashCode());
    }

    static Map<String, String> tags(JsonNode resource) {
        Map<String, String> tags = new HashMap<>();
        resource.path("tags")
                .properties()
                .forEach(one -> tags.put(one.getKey(), one.getValue().asString("")));
        return tags;
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
