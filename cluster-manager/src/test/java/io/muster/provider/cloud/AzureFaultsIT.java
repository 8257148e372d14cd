package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.TestKeys;
import io.muster.provider.cloud.azure.AzureCloud;
import io.muster.provider.cloud.standin.AzureStandIn;
import io.muster.provider.cloud.standin.CallFault;
import io.muster.provider.cloud.standin.NeedsContainers;
import io.muster.spec.AddressChoice;
import io.muster.spec.CloudSpec;
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

/** What Azure does to those who call it: no room, too many calls, lost answers, refusals, the end of the network. */
@ExtendWith(NeedsContainers.class)
final class AzureFaultsIT {
    private static final String CLUSTER = "faults";
    private static final String OWNER = "tester";
    private static final String SMALL = "Standard_D2as_v5";
    private static final String LARGE = "Standard_D4as_v5";
    private static final String MACHINES = "/virtualMachines/";
    private static final WaitLimits SHORT = new WaitLimits(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            3,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    private static AzureStandIn cloud;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        cloud = AzureStandIn.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        cloud.play((_, _, _, _) -> new CallFault.None());
        cloud.sellOut(Set.of());
        CloudNodeProvider stranger = provider(cloud.environment(), "other");
        assertThat(stranger.destroyAll(CLUSTER)).isEmpty();
        assertThat(stranger.resources()).isEmpty();
        assertThat(cloud.resources("")).isEmpty();
    }

    private CloudNodeProvider provider(Map<String, String> environment, String memory) {
        return new CloudNodeProvider(new AzureCloud(environment), OWNER, temp.resolve(memory), SHORT);
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
        return method.equals("PUT") && path.contains(MACHINES);
    }

    private static long launches() {
        return cloud.calls().stream()
                .filter(call -> call.startsWith("PUT ") && call.contains(MACHINES))
                .count();
    }

    private static String sizes() {
        return cloud.resources("Microsoft.Compute/virtualMachines").toString();
    }

    @Test
    void the_next_size_is_taken_where_one_is_refused_and_where_one_finds_no_room_later() {
        NodeOutcome refused = create((method, path, body, _) ->
                isLaunch(method, path) && body.toString().contains(SMALL)
                        ? new CallFault.Refused(409, "SkuNotAvailable", 0)
                        : new CallFault.None());
        assertThat(refused).isInstanceOf(Created.class);
        assertThat(sizes()).contains(LARGE).doesNotContain(SMALL);
        // Nothing stays of the first try.
        assertThat(cloud.resources("Microsoft.Network/networkInterfaces")).hasSize(1);
        assertThat(provider(cloud.environment(), "other").destroyAll(CLUSTER)).isEmpty();

        cloud.sellOut(Set.of(SMALL));
        assertThat(create((_, _, _, _) -> new CallFault.None())).isInstanceOf(Created.class);
        assertThat(sizes()).contains(LARGE).doesNotContain(SMALL);
    }

    @Test
    void no_room_anywhere_is_said_with_every_size() {
        cloud.sellOut(Set.of(SMALL, LARGE));
        assertThat(create((_, _, _, _) -> new CallFault.None())).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.CAPACITY);
            assertThat(failed.reason()).contains(SMALL, LARGE, "AllocationFailed");
        });
    }

    @Test
    void calls_that_come_too_soon_are_made_again_when_azure_says() {
        long start = System.nanoTime();
        NodeOutcome outcome = create((method, path, _, _) -> isLaunch(method, path) && launches() == 1
                ? new CallFault.Refused(429, "TooManyRequests", 1)
                : new CallFault.None());
        assertThat(outcome).isInstanceOf(Created.class);
        assertThat(launches()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void an_effect_whose_answer_is_an_error_makes_no_second_machine() {
        NodeOutcome outcome = create((method, path, _, _) ->
                isLaunch(method, path) && launches() == 1 ? new CallFault.EffectThenError() : new CallFault.None());
        assertThat(outcome).isInstanceOf(Created.class);
        assertThat(cloud.resources("Microsoft.Compute/virtualMachines")).hasSize(1);
    }

    @Test
    void a_quota_is_not_asked_twice_and_says_what_to_do() {
        NodeOutcome outcome = create((method, path, _, _) ->
                isLaunch(method, path) ? new CallFault.Refused(409, "QuotaExceeded", 0) : new CallFault.None());
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failed.reason()).contains("az vm list-usage");
        });
        assertThat(launches()).isEqualTo(1);
    }

    @Test
    void the_variable_that_is_wrong_is_named() {
        Map<String, String> wrong = Map.of(
                "AZURE_CLIENT_SECRET", "Renew",
                "AZURE_CLIENT_ID", "somebody",
                "AZURE_TENANT_ID", "nowhere",
                "AZURE_SUBSCRIPTION_ID", "nothing");
        wrong.forEach((name, value) -> {
            Map<String, String> environment = new HashMap<>(cloud.environment());
            environment.put(name, value);
            NodeOutcome outcome =
                    provider(environment, "wrong").create(List.of(request())).getFirst();
            assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.kind()).as(failed.reason()).isEqualTo(FailureKind.PERMANENT);
                assertThat(failed.reason()).contains("Set " + name).doesNotContain("not~a~secret");
            });
        });
        assertThat(create((_, _, _, _) -> new CallFault.Refused(403, "AuthorizationFailed", 0)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("role Contributor"));
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
