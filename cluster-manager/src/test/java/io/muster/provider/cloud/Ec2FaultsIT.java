package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.TestKeys;
import io.muster.provider.cloud.ec2.Ec2Cloud;
import io.muster.provider.cloud.standin.Ec2StandIn;
import io.muster.provider.cloud.standin.FaultyEc2;
import io.muster.provider.cloud.standin.FaultyEc2.Fault;
import io.muster.provider.cloud.standin.NeedsEc2StandIn;
import io.muster.spec.AddressChoice;
import io.muster.spec.CloudSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What clouds do to those who call them: no room, too many calls, lost answers, and the end of the network. */
@ExtendWith(NeedsEc2StandIn.class)
final class Ec2FaultsIT {
    private static final String CLUSTER = "faults";
    private static final String OWNER = "tester";
    private static final WaitLimits SHORT = new WaitLimits(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            3,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(120),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60));

    private static Ec2StandIn cloud;
    private static FaultyEc2 faulty;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        cloud = Ec2StandIn.start();
        faulty = new FaultyEc2(cloud.endpoint());
    }

    @AfterAll
    static void stop() {
        faulty.close();
        cloud.close();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        CloudNodeProvider healthy = provider(cloud.endpoint());
        assertThat(healthy.destroyAll(CLUSTER)).isEmpty();
        assertThat(healthy.resources()).isEmpty();
    }

    private CloudNodeProvider provider(URI endpoint) {
        Map<String, String> settings = Map.of(
                "AWS_ACCESS_KEY_ID",
                "AKIDTEST",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_REGION",
                cloud.region(),
                "AWS_ENDPOINT_URL_EC2",
                endpoint.toString());
        return new CloudNodeProvider(
                new Ec2Cloud(settings, temp), OWNER, temp.resolve("places-" + endpoint.getPort()), SHORT);
    }

    private NodeRequest request() {
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
                new NodeSource.InCloud(
                        where, List.of("t3.small", "t3.medium"), false, OptionalLong.empty(), Optional.empty()));
    }

    private NodeOutcome create(FaultyEc2.Script script) {
        faulty.play(script);
        return provider(faulty.endpoint()).create(List.of(request())).getFirst();
    }

    private static FaultyEc2.Script always(String action, Fault fault) {
        return (asked, _, _) -> asked.equals(action) ? fault : new Fault.None();
    }

    @Test
    void calls_that_come_too_soon_are_made_again() {
        NodeOutcome outcome = create((action, _, _) -> action.equals("RunInstances") && faulty.count(action) <= 6
                ? new Fault.Refused(503, "RequestLimitExceeded")
                : new Fault.None());
        assertThat(outcome).isInstanceOf(Created.class);
        assertThat(faulty.count("RunInstances")).isEqualTo(7);
    }

    @Test
    void the_next_size_is_taken_where_one_has_no_room() throws Exception {
        NodeOutcome outcome = create((action, parameters, _) ->
                action.equals("RunInstances") && "t3.small".equals(parameters.get("InstanceType"))
                        ? new Fault.Refused(500, "InsufficientInstanceCapacity")
                        : new Fault.None());
        assertThat(outcome).isInstanceOf(Created.class);
        String id = ((Created) outcome).provided().providerId();
        assertThat(cloud.call("DescribeInstances", Map.of("InstanceId.1", id)))
                .contains("<instanceType>t3.medium</instanceType>");
    }

    @Test
    void no_room_anywhere_is_said_with_every_size() {
        NodeOutcome outcome = create(always("RunInstances", new Fault.Refused(500, "InsufficientInstanceCapacity")));
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.CAPACITY);
            assertThat(failed.reason()).contains("t3.small", "t3.medium", "InsufficientInstanceCapacity");
        });
    }

    @Test
    void a_lost_answer_makes_no_second_instance() throws Exception {
        NodeOutcome outcome = create((action, _, _) ->
                action.equals("RunInstances") && faulty.count(action) == 1 ? new Fault.AnswerLost() : new Fault.None());
        assertThat(outcome).isInstanceOf(Created.class);
        assertThat(provider(cloud.endpoint()).list(CLUSTER)).hasSize(1);
    }

    @Test
    void a_quota_is_not_asked_twice_and_says_what_to_do() {
        NodeOutcome outcome = create(always("RunInstances", new Fault.Refused(400, "VcpuLimitExceeded")));
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failed.reason()).contains("Service Quotas");
        });
        assertThat(faulty.count("RunInstances")).isEqualTo(1);
    }

    @Test
    void credentials_that_are_refused_are_named() {
        NodeOutcome outcome = create((_, _, _) -> new Fault.Refused(401, "AuthFailure"));
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failed.reason()).contains("Renew the AWS credentials");
        });
    }

    @Test
    void a_cloud_that_fails_for_long_is_given_up() {
        NodeOutcome outcome = create(always("RunInstances", new Fault.Refused(500, "InternalError")));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TRANSIENT));
        assertThat(faulty.count("RunInstances")).isEqualTo(SHORT.tries());
    }

    /** As after kill -9: whichever call is the last one, what it made is found and removed by somebody else. */
    @Test
    void nothing_is_forgotten_whichever_call_is_the_last() throws Exception {
        NodeOutcome whole = create((_, _, _) -> new Fault.None());
        assertThat(whole).isInstanceOf(Created.class);
        int calls = faulty.calls();
        nothing_is_left();
        for (int last = 1; last < calls; last++) {
            int end = last;
            NodeOutcome outcome = create((_, _, number) -> {
                if (number < end) {
                    return new Fault.None();
                }
                return number == end ? new Fault.AnswerLost() : new Fault.Gone();
            });
            assertThat(outcome).as("last call " + end).isInstanceOf(Failed.class);
            nothing_is_left();
        }
    }
}
