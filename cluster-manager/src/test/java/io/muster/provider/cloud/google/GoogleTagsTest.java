package io.muster.provider.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class GoogleTagsTest {
    private static final Map<String, String> TAGS = Map.of(
            "muster-owner", "ann",
            "muster-cluster", "heat-2",
            "muster-created", "2026-11-27T20:26:08.123456789Z",
            "muster-host-key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ+/Zq0_ümlaut==",
            "muster-hash", "0123456789abcdef".repeat(4),
            "muster-empty", "");

    private static ObjectNode node(Map<String, String> labels) {
        return new JsonMapper().valueToTree(labels);
    }

    @Test
    void every_tag_comes_back_from_labels_and_text() {
        Map<String, String> labels = GoogleTags.labels(TAGS);
        assertThat(GoogleTags.ofLabels(node(labels))).isEqualTo(TAGS);
        assertThat(GoogleTags.ofText(GoogleTags.text(TAGS))).isEqualTo(TAGS);
    }

    @Test
    void labels_are_those_that_google_takes_and_plain_values_stay_readable() {
        Map<String, String> labels = GoogleTags.labels(TAGS);
        assertThat(labels).containsEntry("muster-owner", "ann").containsEntry("muster-cluster", "heat-2");
        assertThat(labels.keySet()).allMatch(name -> name.matches("[a-z][a-z0-9_-]{0,62}"));
        assertThat(labels.values()).allMatch(value -> value.matches("[a-z0-9_-]{0,63}"));
        assertThat(labels).containsKeys("muster-hash", "muster-hash_1").doesNotContainKey("muster-hash_2");
    }

    @Test
    void labels_and_texts_of_others_are_left_out() {
        Map<String, String> labels = new HashMap<>(GoogleTags.labels(Map.of("muster-owner", "ann")));
        labels.put("team", "the_physicists");
        assertThat(GoogleTags.ofLabels(node(labels))).containsExactly(Map.entry("muster-owner", "ann"));
        assertThat(GoogleTags.ofText("allow SSH from the office")).isEmpty();
    }

    @Test
    void a_list_is_asked_for_by_owner_and_cluster() {
        assertThat(GoogleTags.filter(TAGS))
                .isEqualTo("(labels.muster-cluster = \"heat-2\") AND (labels.muster-owner = \"ann\")");
    }
}
