package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.TestKeys;
import io.muster.provider.cloud.google.GoogleCloud;
import io.muster.provider.cloud.standin.CallFault;
import io.muster.provider.cloud.standin.GceStandIn;
import io.muster.provider.cloud.standin.NeedsContainers;
import io.muster.spec.AddressChoice;
import io.muster.spec.CloudSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Google does to those who call it: no room, too many calls, lost answers, refusals, the end of the network. */
@ExtendWith(NeedsContainers.class)
final class GoogleFaultsIT {
    private static final String CLUSTER = "faults";
    private static final String OWNER = "tester";
    private static final String SMALL = "e2-standard-2";
    private static final String LARGE = "e2-standard-4";
    private static final String INSTANCES = "/instances";
    private static final WaitLimits SHORT = new WaitLimits(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            3,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    private static GceStandIn cloud;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        cloud = GceStandIn.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        cloud.play((_, _, _, _) -> new CallFault.None());
        cloud.sellOut(Set.of(), "");
        CloudNodeProvider stranger = provider(cloud.environment(), "other");
        assertThat(stranger.destroyAll(CLUSTER)).isEmpty();
        assertThat(stranger.resources()).isEmpty();
        assertThat(cloud.resources("")).isEmpty();
    }

    private CloudNodeProvider provider(Map<String, String> environment, String memory) {
        return new CloudNodeProvider(new GoogleCloud(environment), OWNER, temp.resolve(memory), SHORT);
    }

    private static NodeRequest request() {
        CloudSpec where = new CloudSpec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cloud.subnet()),
                AddressChoice.PRIVATE,
                Optional.empty(),
                false);
        return new NodeRequest(
                CLUSTER,
                CLUSTER + "-1",
                0,
                1,
                1,
                0,
                Optional.empty(),
                TestKeys.generate().publicKey(),
                TestKeys.generate(),
                new NodeSource.InCloud(where, List.of(SMALL, LARGE), false, OptionalLong.empty(), Optional.empty()));
    }

    private NodeOutcome create(CallFault.Script script) {
        cloud.play(script);
        return provider(cloud.environment(), "places")
                .create(List.of(request()))
                .getFirst();
    }

    private static boolean isLaunch(String method, String path) {
        return method.equals("POST") && path.endsWith(INSTANCES);
    }

    private static long launches() {
        return cloud.calls().stream()
                .filter(call -> call.startsWith("POST ") && call.endsWith(INSTANCES))
                .count();
    }

    private static String types() {
        return cloud.resources("instances").toString();
    }

    @Test
    void the_next_type_is_taken_where_the_operation_ends_without_room() {
        cloud.sellOut(Set.of(SMALL), "ZONE_RESOURCE_POOL_EXHAUSTED");
        assertThat(create((_, _, _, _) -> new CallFault.None())).isInstanceOf(Created.class);
        assertThat(types()).contains(LARGE).doesNotContain(SMALL);
    }

    @Test
    void no_room_anywhere_is_said_with_every_type() {
        cloud.sellOut(Set.of(SMALL, LARGE), "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS");
        assertThat(create((_, _, _, _) -> new CallFault.None())).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.CAPACITY);
            assertThat(failed.reason()).contains(SMALL, LARGE, "ZONE_RESOURCE_POOL_EXHAUSTED");
        });
    }

    @Test
    void calls_that_come_too_soon_are_made_again_when_google_says() {
        long start = System.nanoTime();
        NodeOutcome outcome = create((method, path, _, _) -> isLaunch(method, path) && launches() == 1
                ? new CallFault.Refused(403, "rateLimitExceeded", 1)
                : new CallFault.None());
        assertThat(outcome).isInstanceOf(Created.class);
        assertThat(launches()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void an_effect_whose_answer_is_an_error_or_lost_makes_no_second_machine() {
        for (CallFault fault : List.of(new CallFault.EffectThenError(), new CallFault.AnswerLost())) {
            NodeOutcome outcome = create(
                    (method, path, _, _) -> isLaunch(method, path) && launches() == 1 ? fault : new CallFault.None());
            assertThat(outcome).isInstanceOf(Created.class);
            assertThat(launches()).isEqualTo(2);
            assertThat(cloud.resources("instances")).hasSize(1);
            assertThat(provider(cloud.environment(), "other").destroyAll(CLUSTER))
                    .isEmpty();
        }
    }

    @Test
    void a_quota_is_not_asked_twice_and_says_what_to_do() {
        NodeOutcome refused = create((method, path, _, _) ->
                isLaunch(method, path) ? new CallFault.Refused(403, "quotaExceeded", 0) : new CallFault.None());
        assertThat(launches()).isEqualTo(1);
        cloud.sellOut(Set.of(SMALL), "QUOTA_EXCEEDED");
        NodeOutcome ended = create((_, _, _, _) -> new CallFault.None());
        assertThat(launches()).isEqualTo(1);
        assertThat(List.of(refused, ended))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
                    assertThat(failed.reason()).contains("gcloud compute regions describe");
                }));
    }

    @Test
    void the_variable_that_is_wrong_is_named_and_no_key_is_shown() throws Exception {
        Path stolen = temp.resolve("stolen.json");
        Files.writeString(
                stolen,
                Files.readString(Path.of(cloud.environment().getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "")))
                        .replace("muster@", "somebody@"));
        Map<String, String> wrong =
                Map.of("GOOGLE_APPLICATION_CREDENTIALS", stolen.toString(), "GOOGLE_CLOUD_PROJECT", "nothing");
        wrong.forEach((name, value) -> {
            Map<String, String> environment = new HashMap<>(cloud.environment());
            environment.put(name, value);
            NodeOutcome outcome =
                    provider(environment, "wrong").create(List.of(request())).getFirst();
            assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.kind()).as(failed.reason()).isEqualTo(FailureKind.PERMANENT);
                assertThat(failed.reason()).contains("Set " + name).doesNotContain("PRIVATE KEY");
            });
        });
        assertThat(create((_, _, _, _) -> new CallFault.Refused(403, "forbidden", 0)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("role roles/compute.admin"));
    }

    /** As after kill -9: whichever call is the last one, what it made is found and removed by somebody else. */
    @Test
    void nothing_is_forgotten_whichever_call_is_the_last() throws Exception {
        assertThat(create((_, _, _, _) -> new CallFault.None())).isInstanceOf(Created.class);
        // Those that only look change nothing.
        int changes = (int)
                cloud.calls().stream().filter(call -> !call.startsWith("GET ")).count();
        nothing_is_left();
        for (int last = 1; last < changes; last++) {
            int end = last;
            AtomicInteger change = new AtomicInteger();
            NodeOutcome outcome = create((method, _, _, _) -> {
                boolean looks = method.equals("GET");
                int number = looks ? change.get() : change.incrementAndGet();
                if (number < end) {
                    return new CallFault.None();
                }
                return number == end && !looks ? new CallFault.AnswerLost() : new CallFault.Gone();
            });
            assertThat(outcome).as("last change " + end).isInstanceOf(Failed.class);
            nothing_is_left();
        }
    }
}
