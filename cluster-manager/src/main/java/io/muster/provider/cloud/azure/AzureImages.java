package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ImageAlias;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Images of the marketplace by {@code publisher:offer:sku:version}, and others by their id. Thread-safe. */
final class AzureImages {
    private static final String LATEST = "latest";

    private final ArmClient client;
    private final String region;
    private final Map<String, Optional<Plan>> plans = new ConcurrentHashMap<>();

    AzureImages(ArmClient client, String region) {
        this.client = client;
        this.region = region;
    }

    /** What is bought with an image of the marketplace, at no price for those of the aliases. */
    record Plan(String name, String product, String publisher) {}

    /** An image of the marketplace. */
    record Urn(String publisher, String offer, String sku, String version) {
        static Optional<Urn> of(String text) {
            List<String> words = List.of(text.split(":", -1));
            return words.size() == 4 && words.stream().noneMatch(String::isBlank)
                    ? Optional.of(new Urn(words.get(0), words.get(1), words.get(2), words.get(3)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return String.join(":", publisher, offer, sku, version);
        }
    }

    /** As the makers publish them, for machines of the second generation where they have both. */
    static String urn(ImageAlias alias) {
        return switch (alias) {
            case DEBIAN_12 -> "Debian:debian-12:12-gen2:latest";
            case UBUNTU_24_04 -> "Canonical:ubuntu-24_04-lts:server:latest";
            case ROCKY_9 -> "resf:rockylinux-x86_64:9-base:latest";
        };
    }

    /** The URN with its version of an alias or URN, or the id as it is. */
    String find(String image) throws CloudFailure {
        String named = ImageAlias.of(image).map(AzureImages::urn).orElse(image);
        if (named.startsWith("/")) {
            return named;
        }
        Urn urn = Urn.of(named)
                .orElseThrow(() -> new CloudFailure(
                        Kind.PERMANENT,
                        "image " + image + " is neither an alias ("
                                + Stream.of(ImageAlias.values())
                                        .map(ImageAlias::word)
                                        .collect(Collectors.joining(", "))
                                + "), nor PUBLISHER:OFFER:SKU:VERSION, nor an id (/subscriptions/…)"));
        // All nodes get the same, also when a newer one comes out in between.
        return urn.version().equals(LATEST) ? newest(urn) : named;
    }

    private String newest(Urn urn) throws CloudFailure {
        JsonNode versions;
        try {
            versions = client.get(path(urn), ArmKind.Version.COMPUTE, Map.of("$orderby", "name desc"));
        } catch (CloudFailure e) {
            throw e.kind() == Kind.NOT_FOUND ? absent(urn) : e;
        }
        return versions.valueStream()
                .map(one -> one.path("name").asString(""))
                .max(Comparator.comparing(AzureImages::sortable))
                .map(version -> new Urn(urn.publisher(), urn.offer(), urn.sku(), version).toString())
                .orElseThrow(() -> absent(urn));
    }

    /** Numbers of versions, each filled to one length. */
    private static String sortable(String version) {
        return Stream.of(version.split("\\.", -1))
                .map(word -> "0".repeat(Math.max(0, 20 - word.length())) + word)
                .collect(Collectors.joining("."));
    }

    private CloudFailure absent(Urn urn) {
        return new CloudFailure(
                Kind.PERMANENT,
                "no image " + urn + " in " + region + ". az vm image list --all --location " + region + " --publisher "
                        + urn.publisher() + " shows what there is");
    }

    private String path(Urn urn) {
        return client.subscription("/providers/Microsoft.Compute/locations/" + region + "/publishers/"
                + urn.publisher() + "/artifacttypes/vmimage/offers/" + urn.offer() + "/skus/" + urn.sku()
                + "/versions");
    }

    /** What must be bought with an image, asked once. */
    Optional<Plan> plan(String image) throws CloudFailure {
        Optional<Urn> urn = Urn.of(image);
        if (urn.isEmpty()) {
            return Optional.empty();
        }
        Optional<Plan> known = plans.get(image);
        if (known != null) {
            return known;
        }
        JsonNode plan;
        try {
            plan = client.get(path(urn.get()) + "/" + urn.get().version(), ArmKind.Version.COMPUTE, Map.of())
                    .path("properties")
                    .path("plan");
        } catch (CloudFailure e) {
            throw e.kind() == Kind.NOT_FOUND ? absent(urn.get()) : e;
        }
        Optional<Plan> found = plan.isObject()
                ? Optional.of(new Plan(
                        plan.path("name").asString(""),
                        plan.path("product").asString(""),
                        plan.path("publisher").asString("")))
                : Optional.empty();
        plans.put(image, found);
        return found;
    }

    /** How a machine names its image. */
    static Map<String, String> reference(String image) {
        Optional<Urn> urn = Urn.of(image);
        if (urn.isPresent()) {
            return Map.of(
                    "publisher", urn.get().publisher(),
                    "offer", urn.get().offer(),
                    "sku", urn.get().sku(),
                    "version", urn.get().version());
        }
        return Map.of(image.startsWith("/CommunityGalleries/") ? "communityGalleryImageId" : "id", image);
    }
}
