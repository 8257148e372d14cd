package io.muster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class ClusterSchemaTest {
    static final List<String> GOOD = SpecCorpus.GOOD;
    static final List<String> BAD = SpecCorpus.BAD;
    static final List<String> CONTRADICTIONS = SpecCorpus.CONTRADICTIONS;

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ClusterSchema.json());

    @Test
    void the_committed_schema_is_the_one_that_the_key_table_makes() throws IOException {
        String made = ClusterSchema.json();
        Files.writeString(Path.of("target", "cluster.schema.json"), made);
        try (InputStream in = ClusterSchema.class.getResourceAsStream("cluster.schema.json")) {
            String committed = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(committed)
                    .as("copy target/cluster.schema.json to src/main/resources/io/muster/spec/")
                    .isEqualTo(made);
        }
    }

    @ParameterizedTest
    @FieldSource("GOOD")
    void both_accept(String yaml) {
        assertThat(SpecReader.parse("cluster.yaml", yaml)).isInstanceOf(ReadResult.Ok.class);
        assertThat(acceptsAsSchema(yaml)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("BAD")
    void both_refuse(String yaml) {
        assertThat(SpecReader.parse("cluster.yaml", yaml)).isInstanceOf(ReadResult.Problems.class);
        assertThat(acceptsAsSchema(yaml)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("CONTRADICTIONS")
    void the_reader_sees_more(String yaml) {
        assertThat(SpecReader.parse("cluster.yaml", yaml)).isInstanceOf(ReadResult.Problems.class);
        assertThat(acceptsAsSchema(yaml)).isTrue();
    }

    @Test
    void both_agree_on_generated_files() {
        Random random = new Random(7);
        int accepted = 0;
        for (int i = 0; i < 500; i++) {
            String yaml = SpecCorpus.generated(random);
            boolean reader = SpecReader.parse("cluster.yaml", yaml) instanceof ReadResult.Ok;
            assertThat(acceptsAsSchema(yaml)).as(yaml).isEqualTo(reader);
            accepted += reader ? 1 : 0;
        }
        assertThat(accepted).isBetween(50, 450);
    }

    private static boolean acceptsAsSchema(String yaml) {
        JsonNode json = YAML.readTree(yaml);
        return SCHEMA.validate(json).isEmpty();
    }
}
