package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ImageAlias;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Images by alias, by {@code PROJECT/IMAGE} or {@code PROJECT/FAMILY}, or by their address. Thread-safe. */
final class GoogleImages {
    private final ComputeClient client;

    GoogleImages(ComputeClient client) {
        this.client = client;
    }

    /** Project and family, as the makers publish their images. */
    static String family(ImageAlias alias) {
        return switch (alias) {
            case DEBIAN_12 -> "debian-cloud/debian-12";
            case UBUNTU_24_04 -> "ubuntu-os-cloud/ubuntu-2404-lts-amd64";
            case ROCKY_9 -> "rocky-linux-cloud/rocky-linux-9";
        };
    }

    /** The path of one image, so that all nodes get the same, also when a newer one comes out in between. */
    String find(String image) throws CloudFailure {
        String named = ComputeClient.pathOf(
                ImageAlias.of(image).map(GoogleImages::family).orElse(image));
        if (named.startsWith("projects/")) {
            return existing(named, image);
        }
        List<String> words = List.of(named.split("/", -1));
        if (words.size() != 2 || words.stream().anyMatch(String::isBlank)) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "image " + image + " is neither an alias ("
                            + Stream.of(ImageAlias.values())
                                    .map(ImageAlias::word)
                                    .collect(Collectors.joining(", "))
                            + "), nor PROJECT/IMAGE, nor PROJECT/FAMILY, nor an address (projects/…/global/images/…)");
        }
        String images = "projects/" + words.getFirst() + "/global/images/";
        Optional<JsonNode> newest = client.find(images + "family/" + words.getLast(), Map.of());
        return newest.isPresent()
                ? images + newest.get().path("name").asString("")
                : existing(images + words.getLast(), image);
    }

    private String existing(String path, String image) throws CloudFailure {
        JsonNode found = client.find(path, Map.of())
                .orElseThrow(() -> new CloudFailure(
                        Kind.PERMANENT,
                        "no image " + image + ". gcloud compute images list shows what there is; the service account"
                                + " needs the role roles/compute.imageUser in the project of an image"));
        return path.replaceFirst("/images/.*$", "/images/") + found.path("name").asString("");
    }
}
