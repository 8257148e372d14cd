package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.api.Garbage;
import io.muster.api.MusterException;
import io.muster.cli.screen.Destination.Kind;
import io.muster.provider.Offer;
import io.muster.spec.ClusterSpec;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import io.muster.spec.NodeGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SizingFileCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SIZING = "cluster: heat\nprovider: local\nnodes: {count: 4, slots: 2}\n";

    @TempDir
    Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
        cli.write("heat.yaml", SIZING);
    }

    @Test
    void plan_shows_every_node() {
        assertThat(cli.run("plan", "heat.yaml")).isZero();
        assertThat(cli.out()).contains("cluster heat: 4 nodes, 8 slots; provider local", "price an hour —", "heat-4");
    }

    @Test
    void plan_as_json() {
        assertThat(cli.run("plan", "heat.yaml", "--output", "json")).isZero();
        JsonNode plan = JSON.readTree(cli.out());
        assertThat(plan.get("nodes").size()).isEqualTo(4);
        assertThat(plan.get("slots").asInt()).isEqualTo(8);
        assertThat(plan.get("usdPerHour").isNull()).isTrue();
        assertThat(plan.propertyNames()).startsWith("cluster", "provider");
    }

    @Test
    void a_wrong_sizing_file_shows_all_problems_with_their_place() {
        cli.write("wrong.yaml", "cluster: heat\nprovider: lokal\nnodes: {cuont: 4}\n");

        assertThat(cli.run("up", "wrong.yaml")).isEqualTo(2);
        assertThat(cli.err())
                .contains("wrong.yaml:2:11", "^^^^^", "wrong.yaml:3:9", "Did you mean \"count\"?")
                .contains("muster: the sizing file has", "next:  correct the file");
        assertThat(cli.out()).isEmpty();
        assertThat(cli.opened).hasValue(0);
    }

    @Test
    void a_missing_sizing_file_is_wrong_input() {
        assertThat(cli.run("plan", "none.yaml")).isEqualTo(2);
        assertThat(cli.err()).contains("none.yaml");
    }

    @Test
    void up_shows_a_line_a_phase_and_the_cluster() {
        assertThat(cli.run("up", "heat.yaml")).isZero();
        assertThat(cli.err()).contains("✔ plan       1.50 s      4 nodes", "✔ provision", "✔ bootstrap");
        assertThat(cli.err()).doesNotContain("\r", "\033");
        assertThat(cli.out()).contains("cluster heat: ready, 4 nodes, 8 of 8 slots ready", "127.0.0.1:2203");
    }

    @Test
    void up_as_json() {
        assertThat(cli.run("up", "heat.yaml", "--output", "JSON")).isZero();
        assertThat(JSON.readTree(cli.out()).get("nodes").get(1).get("health").asString())
                .isEqualTo("ready");
    }

    @Test
    void what_costs_money_needs_consent() {
        cli.muster.price = Optional.of(Money.parse("25 USD"));

        assertThat(cli.run("up", "heat.yaml")).isEqualTo(2);
        assertThat(cli.err()).contains("costs money", "25 USD an hour", "give --yes");

        cli.errKind = Kind.TERMINAL;
        cli.typed = "n\n";
        assertThat(cli.run("up", "heat.yaml")).isZero();
        assertThat(cli.err()).contains("Create it for 25 USD an hour? [y/N]", "nothing was created");
        assertThat(cli.muster.clusters).isEmpty();

        cli.typed = "Y\n";
        assertThat(cli.run("up", "heat.yaml")).isZero();
        assertThat(cli.muster.clusters).containsKey("heat");

        cli.errKind = Kind.PLAIN;
        assertThat(cli.run("up", "heat.yaml", "-y")).isZero();
    }

    @Test
    void plan_shows_the_offers_of_a_cloud_and_what_they_cost() {
        cli.muster.offers =
                List.of(offer("c7i.large", 2, "0.1"), offer("c7i.xlarge", 4, "0.2"), offer("t3.nano", 1, "0.01"));
        cli.write("cloud.yaml", """
                cluster: heat
                provider: aws-ec2
                nodes: {count: 2, cores: 2}
                limits: {lifetime: 8h}
                """);

        assertThat(cli.run("plan", "cloud.yaml")).isZero();
        assertThat(cli.out())
                .contains("price an hour 0.2 USD; until its lifetime of 8h ends 1.6 USD")
                .containsPattern("c7i.large +eu-west-1 +2 +8 GiB +0.1 USD +chosen +the cheapest with cores >= 2")
                .containsPattern("t3.nano .* has 1 core, wanted are 2")
                .containsPattern("heat-2 +2 +2 +8 GiB +c7i.large +0.1 USD");
        assertThat(cli.run("plan", "cloud.yaml", "--output", "json")).isZero();
        JsonNode plan = JSON.readTree(cli.out());
        assertThat(plan.get("billed").asBoolean()).isTrue();
        assertThat(plan.get("usdForLifetime").asDouble()).isEqualTo(1.6);
        assertThat(plan.get("offers")
                        .get(0)
                        .get("considered")
                        .get(0)
                        .get("verdict")
                        .asString())
                .isEqualTo("chosen");
        assertThat(cli.run("up", "cloud.yaml")).isEqualTo(2);
        assertThat(cli.err()).contains("0.2 USD an hour; stderr is no terminal", "give --yes (-y)");
    }

    private static Offer offer(String type, int cores, String price) {
        return new Offer(
                "aws-ec2",
                "eu-west-1",
                type,
                cores,
                MemorySize.ofGiB(8).bytes(),
                Optional.of(new Money(new BigDecimal(price))),
                Optional.empty(),
                LocalDate.of(2026, 11, 1));
    }

    @Test
    void scale_shows_the_difference_and_changes_it() {
        cli.withCluster();
        assertThat(cli.run("scale", "heat", "--nodes", "6")).isZero();
        assertThat(cli.err()).contains("cluster heat changes:\n  + heat-5\n  + heat-6");
        assertThat(cli.out()).contains("6 nodes");
        assertThat(cli.run("scale", "heat", "--nodes", "3")).isZero();
        assertThat(cli.err()).contains("- heat-4\n  - heat-5\n  - heat-6");
        assertThat(cli.run("scale", "heat", "--nodes", "0")).isEqualTo(2);
        assertThat(cli.err()).contains("count is 0");
        assertThat(cli.run("scale", "cold", "--nodes", "2")).isEqualTo(4);
    }

    @Test
    void scale_of_several_groups_names_the_one() {
        cli.muster.up(
                ClusterSpec.local("two", 1)
                        .withGroups(List.of(
                                NodeGroup.of(1).withName("thin"),
                                NodeGroup.of(1).withName("fat"))),
                _ -> {});
        assertThat(cli.run("scale", "two", "--nodes", "2")).isEqualTo(2);
        assertThat(cli.err()).contains("which group", "--group thin");
        assertThat(cli.run("scale", "two", "--nodes", "2", "--group", "fat")).isZero();
        assertThat(cli.err()).contains("+ two-fat-2");
    }

    @Test
    void gc_shows_and_removes_what_nothing_wants() {
        assertThat(cli.run("gc")).isZero();
        assertThat(cli.out()).contains("nothing is left over");
        cli.muster.garbage.add(new Garbage(
                "aws-ec2",
                "volume",
                "us-east-1/vol-1",
                Optional.of("old"),
                Optional.of(InMemoryMuster.NOON),
                Optional.of(Money.parse("0.01 USD")),
                "no cluster old stands in this state store"));
        assertThat(cli.run("gc", "--dry-run")).isZero();
        assertThat(cli.out()).contains("us-east-1/vol-1", "old", "0.01 USD", "no cluster old stands");
        assertThat(cli.run("gc", "--cluster", "other", "--yes")).isZero();
        assertThat(cli.out()).contains("nothing is left over");
        assertThat(cli.run("gc", "--dry-run", "--output", "json")).isZero();
        assertThat(JSON.readTree(cli.out()).get("found").get(0).get("kind").asString())
                .isEqualTo("volume");
        assertThat(cli.run("gc")).isEqualTo(2);
        assertThat(cli.err()).contains("give --yes");
        cli.errKind = Kind.TERMINAL;
        cli.typed = "n\n";
        assertThat(cli.run("gc")).isZero();
        assertThat(cli.muster.garbage).hasSize(1);
        assertThat(cli.run("gc", "--yes")).isZero();
        assertThat(cli.out()).contains("1 removed, 0 left");
        assertThat(cli.muster.garbage).isEmpty();
    }

    @Test
    void down_by_name_and_by_sizing_file() {
        cli.withCluster();
        assertThat(cli.run("down", "heat")).isZero();
        assertThat(cli.out()).isEqualTo("cluster heat is down: 4 nodes destroyed, 0 left\n");
        assertThat(cli.run("down", "heat")).isEqualTo(4);

        cli.withCluster();
        assertThat(cli.run("down", "heat.yaml", "--output", "json")).isZero();
        assertThat(JSON.readTree(cli.out()).get("destroyed").asInt()).isEqualTo(4);
    }

    @Test
    void an_unforeseen_failure_is_a_bug_report_that_only_the_user_can_read() throws IOException {
        cli.muster.upFails = Optional.of(new IllegalStateException("the impossible", new IOException("below")));

        assertThat(cli.run("up", "heat.yaml")).isEqualTo(3);
        assertThat(cli.err())
                .contains(
                        "muster: this is a bug in Muster: IllegalStateException", "seen:  the impossible", "--verbose")
                .doesNotContain("at io.muster");
        try (var files = Files.list(folder.resolve("home"))) {
            Path report = files.toList().getFirst();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(report)).contains("caused by: java.io.IOException: below", "command: up");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("home"))))
                .isEqualTo("rwx------");

        assertThat(cli.run("up", "heat.yaml", "-v")).isEqualTo(3);
        assertThat(cli.err()).contains("at io.muster.cli.");
    }

    @Test
    void an_interrupted_up_ends_with_130() {
        cli.muster.upFails = Optional.of(new MusterException(
                MusterException.Kind.INTERRUPTED,
                "up was interrupted",
                "cluster heat",
                "2 of 4 nodes",
                "run it again"));

        assertThat(cli.run("up", "heat.yaml")).isEqualTo(130);
        assertThat(cli.err()).contains("up was interrupted", "next:  run it again");
    }

    @Test
    void what_breaks_because_the_user_wanted_out_is_no_bug() {
        cli.muster.upFails = Optional.of(new IllegalStateException("a connection broke off"));
        cli.interrupts.fire();

        assertThat(cli.run("up", "heat.yaml")).isEqualTo(130);
        assertThat(cli.err()).contains("muster: interrupted", "a connection broke off", "run again");
        assertThat(folder.resolve("home")).doesNotExist();
        assertThat(Thread.interrupted()).isTrue();
    }
}
