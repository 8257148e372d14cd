package io.muster.provider;

import io.muster.spec.CloudSpec;
import java.util.Collection;
import java.util.List;

/**
 * Creates, lists and destroys nodes of one kind: processes, containers, hosts, virtual machines. What exists is known
 * from the tags that every node carries (cluster, name, index, slots), never from a store of the manager: a second
 * instance, in another process, sees and destroys the same nodes.
 *
 * <p>Every method blocks until it is done and may be called from several threads at once, also for the same cluster.
 * Implementations write what they are about to create, tagged, before the effect, so that a manager that is killed
 * at any point leaves nothing that {@link #list} does not show and {@link #destroyAll} does not remove.
 */
public interface NodeProvider {

    /** The word after {@code provider:} in a sizing file. Does not block. */
    String name();

    /**
     * Whether this machine is set up to use the provider at all: its engine is installed, credentials are there. One
     * that is not has made nothing. Does not ask the provider itself.
     */
    boolean isSetUp();

    /**
     * What ends a node from inside: a command for the shell of its login user. The agent runs it when the cluster's
     * lifetime is over and no manager is there. Empty where the machine stays, as one that was there before.
     */
    default String endCommand() {
        return "";
    }

    /**
     * Says where nodes are about to be asked for, so that they are looked for there from now on, by later processes
     * too. Nothing for a provider that has one place only.
     *
     * @throws ProviderException when that place cannot be told, with what to set
     */
    default void expectIn(CloudSpec where) throws ProviderException {}

    /**
     * Creates nodes, all at once within the bounds of the provider, and waits for each until it can be reached over
     * SSH or has failed. Some may come and others not: there is one outcome for each request, in the same order.
     *
     * <p>A running node of the same cluster and name with the same host key and authorized key is the node asked for
     * (a manager that was killed asks again) and is answered as created. With other keys the outcome is
     * {@link FailureKind#EXISTS}. What a killed manager left half-made under the name is removed and made anew. A
     * node that fails is removed before its outcome is answered, as far as that is possible.
     *
     * @param requests nodes to create; no two of the same cluster and name
     * @return one outcome for each request, in the order of the requests; an interrupt ends the waiting, undoes the
     *     nodes that are not ready, answers them as {@link FailureKind#CANCELLED}, and leaves the thread interrupted
     * @throws IllegalArgumentException when two requests have the same cluster and name
     */
    List<NodeOutcome> create(List<NodeRequest> requests);

    /**
     * The nodes of a cluster that exist, in whatever state, also half-made ones, ordered by index.
     *
     * @throws ProviderException when it cannot be known what exists
     * @throws IllegalArgumentException when the name cannot be one of a cluster
     */
    List<ProvidedNode> list(String cluster) throws ProviderException;

    /**
     * The nodes of all clusters of this user that exist, ordered by cluster and index.
     *
     * @throws ProviderException when it cannot be known what exists
     */
    List<ProvidedNode> listAll() throws ProviderException;

    /**
     * Destroys nodes and all that runs on them, whoever created them, and looks again. Nodes that do not exist are
     * fine: a second call does no harm and answers the same.
     *
     * @param nodes names of nodes of the cluster
     * @return what is still there of these nodes, with reasons; empty when nothing is left. An interrupt ends the
     *     waiting, answers what is left at that moment, and leaves the thread interrupted
     * @throws IllegalArgumentException when a name cannot be one of a cluster or node
     */
    List<LeftOver> destroy(String cluster, Collection<String> nodes);

    /**
     * Destroys all nodes of a cluster and whatever else the provider made for it (networks, keys, folders), as
     * {@link #destroy} does.
     *
     * @return what is still there of the cluster, with reasons; empty when nothing is left
     */
    List<LeftOver> destroyAll(String cluster);
}
