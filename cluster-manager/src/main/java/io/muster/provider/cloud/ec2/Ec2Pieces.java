package io.muster.provider.cloud.ec2;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Piece;
import io.muster.provider.cloud.Place;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What carries tags beside instances: lists it and removes it. */
final class Ec2Pieces {
    private final Ec2Client client;
    private final Place place;

    Ec2Pieces(Ec2Client client, Place place) {
        this.client = client;
        this.place = place;
    }

    /** A kind of piece: how it is listed and removed. */
    private enum Kinds {
        VOLUME("volume", "DescribeVolumes", "volumeSet", "volumeId", "createTime", "DeleteVolume", "VolumeId"),
        ADDRESS("address", "DescribeAddresses", "addressesSet", "allocationId", "", "ReleaseAddress", "AllocationId"),
        PLACEMENT_GROUP(
                "placement-group",
                "DescribePlacementGroups",
                "placementGroupSet",
                "groupName",
                "",
                "DeletePlacementGroup",
                "GroupName"),
        SECURITY_GROUP(
                "security-group",
                "DescribeSecurityGroups",
                "securityGroupInfo",
                "groupId",
                "",
                "DeleteSecurityGroup",
                "GroupId"),
        KEY_PAIR("key-pair", "DescribeKeyPairs", "keySet", "keyName", "createTime", "DeleteKeyPair", "KeyName");

        private final String word;
        private final String list;
        private final String set;
        private final String id;
        private final String created;
        private final String delete;
        private final String parameter;

        Kinds(String word, String list, String set, String id, String created, String delete, String parameter) {
            this.word = word;
            this.list = list;
            this.set = set;
            this.id = id;
            this.created = created;
            this.delete = delete;
            this.parameter = parameter;
        }
    }

    List<Piece> list(Map<String, String> tags) throws CloudFailure {
        List<Piece> pieces = new ArrayList<>();
        for (Kinds kind : Kinds.values()) {
            for (Answer one : answers(kind, tags)) {
                pieces.add(new Piece(
                        kind.word,
                        one.text(kind.id),
                        one.tags(),
                        kind.created.isEmpty() ? Optional.empty() : time(one.text(kind.created))));
            }
        }
        return pieces;
    }

    private List<Answer> answers(Kinds kind, Map<String, String> tags) throws CloudFailure {
        Query query = Query.of(kind.list);
        tags.forEach((key, value) -> query.filter("tag:" + key, value));
        if (kind == Kinds.VOLUME) {
            // The others end with their instance.
            query.filter("status", "available");
        }
        try {
            return client.call(query).items(kind.set);
        } catch (CloudFailure e) {
            // Other clouds that speak this API know no placement groups, and have no common way to say so.
            if (kind == Kinds.PLACEMENT_GROUP && place.endpoint().isPresent() && e.kind() != Kind.THROTTLED) {
                return List.of();
            }
            throw e;
        }
    }

    void remove(Piece piece) throws CloudFailure {
        for (Kinds kind : Kinds.values()) {
            if (kind.word.equals(piece.kind())) {
                try {
                    client.call(Query.of(kind.delete).with(kind.parameter, piece.id()));
                } catch (CloudFailure e) {
                    if (e.kind() != Kind.NOT_FOUND) {
                        throw e;
                    }
                }
            }
        }
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
