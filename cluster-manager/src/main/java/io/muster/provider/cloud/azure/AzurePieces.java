package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Piece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the groups of clusters hold beside machines, and the groups themselves. A group goes with whatever is in it.
 */
final class AzurePieces {
    private static final Duration PART = Duration.ofMinutes(3);
    private static final Duration GROUP = Duration.ofMinutes(15);

    private final ArmClient client;
    private final AzureGroups groups;
    private final AzureMachines machines;

    AzurePieces(ArmClient client, AzureGroups groups, AzureMachines machines) {
        this.client = client;
        this.groups = groups;
        this.machines = machines;
    }

    List<Piece> list(Map<String, String> tags) throws CloudFailure {
        List<AzureGroups.Group> found = groups.find(tags);
        if (found.isEmpty()) {
            return List.of();
        }
        Set<String> nodes = new HashSet<>();
        machines.list(tags).forEach(one -> nodes.add(one.id()));
        List<Piece> pieces = new ArrayList<>();
        for (AzureGroups.Group group : found) {
            List<Found> inside = inside(group.name());
            inside.sort(Comparator.comparing(Found::kind));
            for (Found one : inside) {
                String base = one.name()
                        .substring(
                                0,
                                one.name().length()
                                        - (one.name().endsWith(one.kind().suffix())
                                                ? one.kind().suffix().length()
                                                : 0));
                if (!one.kind().isOfNode() || !nodes.contains(AzureMachines.id(group.name(), base))) {
                    pieces.add(new Piece(
                            one.kind().word(),
                            group.name() + "/" + one.name(),
                            group.tags(),
                            AzureGroups.time(one.resource().path("createdTime").asString(""))));
                }
            }
        }
        found.forEach(group -> pieces.add(new Piece(AzureGroups.WORD, group.name(), group.tags(), group.createdAt())));
        return pieces;
    }

    private record Found(ArmKind kind, String name, JsonNode resource) {}

    /** What Muster makes; what others have put into the group goes with it. */
    private List<Found> inside(String group) throws CloudFailure {
        List<Found> found = new ArrayList<>();
        try {
            for (JsonNode one : client.list(
                    client.group(group) + "/resources", ArmKind.Version.RESOURCES, Map.of("$expand", "createdTime"))) {
                ArmKind.ofType(one.path("type").asString(""))
                        .ifPresent(kind -> found.add(
                                new Found(kind, one.path("name").asString("").toLowerCase(Locale.ROOT), one)));
            }
        } catch (CloudFailure e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
        return found;
    }

    /** Removes one and waits until it is gone. */
    void remove(Piece piece) throws CloudFailure {
        if (piece.kind().equals(AzureGroups.WORD)) {
            client.remove(client.group(piece.id()), ArmKind.Version.RESOURCES, GROUP);
            return;
        }
        Optional<ArmKind> kind = ArmKind.ofWord(piece.kind());
        if (kind.isPresent()) {
            String id = client.id(kind.get(), AzureMachines.groupOf(piece.id()), AzureMachines.baseOf(piece.id()));
            client.remove(id, kind.get().version(), PART);
        }
    }
}
