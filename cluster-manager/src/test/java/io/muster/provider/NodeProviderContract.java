package io.muster.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every provider must do. A subclass gives the provider and the ways to hurt it. */
public abstract class NodeProviderContract {
    protected static final String CLUSTER = "contract";

    private final HostKey user = TestKeys.generate();

    /** A new instance that knows nothing but what every other instance on the same account or folder can see. */
    protected abstract NodeProvider provider();

    /** Where the nodes of the requests come from. */
    protected NodeSource source() {
        return new NodeSource.Anywhere();
    }

    /** The same, where every node comes from a place of its own. */
    protected NodeSource source(String cluster, int index) {
        return source();
    }

    /** The host key that a node must show: the one that it is given, where the provider can give it one. */
    protected String hostKeyOf(NodeRequest request) {
        return request.hostKey().publicKey();
    }

    /** A request that this provider must refuse or fail at, while others in the same call come. */
    protected abstract NodeRequest spoiled(NodeRequest request) throws IOException;

    /** Leaves what a manager leaves that was killed between writing the intent and starting the node. */
    protected abstract void leaveHalfMade(NodeRequest request) throws IOException;

    /** The same node as another life of its cluster would ask for it. */
    protected NodeRequest withOtherKeys(NodeRequest request) {
        return request(request.cluster(), request.index());
    }

    /** What else must be as it was before, once everything is destroyed. */
    protected void alsoNothingIsLeft() throws IOException {}

    @AfterEach
    void nothing_is_left() throws Exception {
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(provider().destroyAll(CLUSTER + "-2")).isEmpty();
        assertThat(provider().listAll()).isEmpty();
        alsoNothingIsLeft();
    }

    protected final NodeRequest request(String cluster, int index) {
        return new NodeRequest(
                cluster,
                cluster + "-" + index,
                index,
                2,
                1,
                0,
                Optional.empty(),
                user.publicKey(),
                TestKeys.generate(),
                source(cluster, index));
    }

    private List<NodeRequest> requests(int count) {
        return IntStream.range(0, count).mapToObj(i -> request(CLUSTER, i)).toList();
    }

    @Test
    void created_nodes_answer_and_are_listed_by_their_tags() throws Exception {
        List<NodeRequest> requests = requests(2);
        List<NodeOutcome> outcomes = provider().create(requests);
        assertThat(outcomes).allSatisfy(one -> assertThat(one).isInstanceOf(Created.class));
        List<ProvidedNode> listed = provider().list(CLUSTER);
        assertThat(listed).extracting(ProvidedNode::name).containsExactly(CLUSTER + "-0", CLUSTER + "-1");
        for (int i = 0; i < listed.size(); i++) {
            ProvidedNode node = listed.get(i);
            assertThat(node.index()).isEqualTo(i);
            assertThat(node.slots()).isEqualTo(2);
            assertThat(node.hostPublicKey()).isEqualTo(hostKeyOf(requests.get(i)));
            assertThat(node).isEqualTo(((Created) outcomes.get(i)).provided());
            assertThat(banner(node.ssh().orElseThrow())).startsWith("SSH-2.0-");
        }
    }

    @Test
    void k_of_n_may_come() throws Exception {
        List<NodeRequest> requests = requests(2);
        List<NodeOutcome> outcomes = provider().create(List.of(spoiled(requests.get(0)), requests.get(1)));
        assertThat(outcomes.get(0)).isInstanceOf(Failed.class);
        assertThat(((Failed) outcomes.get(0)).reason()).contains(outcomes.get(0).node());
        assertThat(outcomes.get(1)).isInstanceOf(Created.class);
        assertThat(provider().list(CLUSTER)).extracting(ProvidedNode::name).containsExactly(CLUSTER + "-1");
    }

    @Test
    void another_instance_destroys_what_this_one_created_and_the_name_is_free_again() throws Exception {
        List<NodeRequest> requests = requests(2);
        provider().create(requests);
        assertThat(provider().destroy(CLUSTER, List.of())).isEmpty();
        assertThat(provider().list(CLUSTER)).hasSize(2);
        List<String> first = List.of(CLUSTER + "-0");
        assertThat(provider().destroy(CLUSTER, first)).isEmpty();
        assertThat(provider().destroy(CLUSTER, first)).isEmpty();
        assertThat(provider().list(CLUSTER)).extracting(ProvidedNode::name).containsExactly(CLUSTER + "-1");
        assertThat(provider().create(List.of(request(CLUSTER, 0)))).hasOnlyElementsOfType(Created.class);
        assertThat(provider().list(CLUSTER)).allMatch(ProvidedNode::isRunning).hasSize(2);
    }

    @Test
    void asking_again_with_the_same_keys_adopts_and_with_others_does_not() {
        NodeRequest request = request(CLUSTER, 0);
        Created first = (Created) provider().create(List.of(request)).getFirst();
        Created again = (Created) provider().create(List.of(request)).getFirst();
        assertThat(again.provided()).isEqualTo(first.provided());
        Failed other =
                (Failed) provider().create(List.of(withOtherKeys(request))).getFirst();
        assertThat(other.kind()).isEqualTo(FailureKind.EXISTS);
    }

    @Test
    void what_a_killed_manager_left_half_made_is_listed_and_made_anew() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        leaveHalfMade(request);
        List<ProvidedNode> listed = provider().list(CLUSTER);
        assertThat(listed).hasSize(1).noneMatch(ProvidedNode::isRunning);
        assertThat(provider().create(List.of(request))).hasOnlyElementsOfType(Created.class);
    }

    @Test
    void clusters_do_not_touch_each_other() throws Exception {
        provider().create(List.of(request(CLUSTER, 0), request(CLUSTER + "-2", 0)));
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(provider().listAll()).extracting(ProvidedNode::cluster).containsExactly(CLUSTER + "-2");
    }

    @Test
    void an_interrupt_undoes_what_is_not_ready() throws Exception {
        Thread.currentThread().interrupt();
        List<NodeOutcome> outcomes = provider().create(requests(2));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes)
                .allSatisfy(one -> assertThat(one)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED)));
        assertThat(provider().list(CLUSTER)).isEmpty();
    }

    @Test
    void odd_names_are_refused() {
        for (String odd : List.of("", "..", "../x", "A", "a_b", "-a", "a-", "ä", "a b", ".hidden", "a".repeat(64))) {
            assertThatThrownBy(() -> provider().list(odd)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> provider().destroy(CLUSTER, List.of(odd)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> provider().destroyAll(odd)).isInstanceOf(IllegalArgumentException.class);
        }
        NodeRequest twice = request(CLUSTER, 0);
        assertThatThrownBy(() -> provider().create(List.of(twice, twice))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String banner(SshAddress address) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readNBytes(8), StandardCharsets.US_ASCII);
        }
    }
}
