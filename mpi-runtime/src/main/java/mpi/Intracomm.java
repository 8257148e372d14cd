package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A communicator within one group (MPI 4.1, section 7.4). What makes a communicator is called by all ranks, and blocks;
 * ranks that are not in the new one get one that is null, as {@link #isNull} says.
 */
public class Intracomm extends UpperCaseCollectives {
    Intracomm(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** One that Init starts. */
    static Intracomm notStarted(String name) {
        Intracomm made = new Intracomm(null, name);
        made.awaitStart();
        return made;
    }

    /** Ranks of equal colour get a communicator, ordered by key; with colour UNDEFINED an empty one that is null. */
    public Intracomm Split(int color, int key) {
        return split(color, key);
    }

    /** Ranks of equal colour get a communicator, ordered by key. All ranks call it (section 7.4.2). */
    public final Intracomm split(int color, int key) {
        return inheriting(new Intracomm(Splitting.split(core(), color, key), label() + ".split"));
    }

    /**
     * As {@link #split} by what ranks share: {@code Comm.TYPE_SHARED} is the memory of a machine. With type UNDEFINED
     * the communicator is null (section 7.4.2).
     */
    public final Intracomm splitType(int splitType, int key, Info info) {
        Communicator core = core();
        if (splitType != TYPE_SHARED && splitType != MPI.UNDEFINED) {
            throw raise("splitType", "splitType=" + splitType, new Failure(ErrorClass.ARG, "no such type"));
        }
        int node = firstOnNode(core);
        int color = splitType == MPI.UNDEFINED ? MPI.UNDEFINED : node;
        return inheriting(new Intracomm(Splitting.split(core, color, key), label() + ".shared"));
    }

    /** The lowest rank that shares memory with this one: all that share it name the same. */
    private static int firstOnNode(Communicator core) {
        int[] worldRanks = core.worldRanks();
        int mine = core.topology().nodeOf(core.engine().rank());
        int first = 0;
        while (core.topology().nodeOf(worldRanks[first]) != mine) {
            first++;
        }
        return first;
    }

    /** A communicator of the ranks of a group, which all ranks give; null at the others. All ranks call it. */
    public final Intracomm create(Group group) {
        return inheriting(new Intracomm(Splitting.create(core(), group.worldRanks()), label() + ".create"));
    }

    public Intracomm Create(Group group) {
        return create(group);
    }

    /** As {@link #create}, but only the ranks of the group call it, with one tag. */
    public final Intracomm createGroup(Group group, int tag) {
        Communicator core = core();
        if (group.getRank() == MPI.UNDEFINED) {
            throw raise("createGroup", "tag=" + tag, new Failure(ErrorClass.GROUP, "this rank is not in the group"));
        }
        return inheriting(new Intracomm(Splitting.createGroup(core, group.worldRanks(), tag), label() + ".group"));
    }

    @Override
    public Intracomm dup() {
        return dup(label() + ".dup", null);
    }

    @Override
    public Intracomm dupWithInfo(Info info) {
        return dup(label() + ".dup", info);
    }

    @Override
    public Intracomm iDup() {
        return startDup(new Intracomm(null, label() + ".dup"));
    }

    private Intracomm dup(String name, @Nullable Info info) {
        return copied(new Intracomm(duplicated("dup"), name), info);
    }

    @Override
    public Intracomm clone() {
        return dup();
    }

    /** Arranges the ranks on a grid; ranks beyond it get a communicator that is null. */
    public Cartcomm Create_cart(int[] dims, boolean[] periods, boolean reorder) {
        return createCart(dims, periods, reorder);
    }

    /** Arranges the ranks on a grid (section 8.5.1). All ranks call it. */
    public final CartComm createCart(int[] dims, boolean[] periods, boolean reorder) {
        Grid grid;
        try {
            grid = new Grid(dims, periods, core().size());
        } catch (Failure e) {
            throw raise("createCart", "dims=" + Arrays.toString(dims), e);
        }
        Communicator part = Splitting.split(core(), core().rank() < grid.size() ? 0 : MPI.UNDEFINED, core().rank());
        return inheriting(new CartComm(part, label() + ".cart", grid));
    }

    /** Makes the ranks nodes of a graph: node i has the edges from {@code index[i-1]} to before {@code index[i]}. */
    public Graphcomm Create_graph(int[] index, int[] edges, boolean reorder) {
        return createGraph(index, edges, reorder);
    }

    /** Makes the ranks nodes of a graph that all of them know (section 8.5.3). Nothing is reordered. */
    public final GraphComm createGraph(int[] index, int[] edges, boolean reorder) {
        Communicator core = core();
        try {
            GraphParms graph = Graphs.graph(index, edges, core.size());
            int color = core.rank() < graph.index.length ? 0 : MPI.UNDEFINED;
            Communicator part = Splitting.split(core, color, core.rank());
            return inheriting(new GraphComm(part, label() + ".graph", graph, null));
        } catch (Failure e) {
            throw raise("createGraph", index.length + " nodes", e);
        }
    }

    /** Makes the ranks nodes of a graph of which each rank tells some edges: {@code degrees[i]} from each source. */
    public final GraphComm createDistGraph(
            int[] sources, int[] degrees, int[] destinations, int[] weights, Info info, boolean reorder) {
        return distributed(sources, degrees, destinations, weights, true, info);
    }

    /** The same with all weights 1. */
    public final GraphComm createDistGraph(
            int[] sources, int[] degrees, int[] destinations, Info info, boolean reorder) {
        return distributed(sources, degrees, destinations, Graphs.ones(destinations.length), false, info);
    }

    private GraphComm distributed(
            int[] sources, int[] degrees, int[] destinations, int[] weights, boolean weighted, Info info) {
        try {
            return distributed(Graphs.distributed(core(), sources, degrees, destinations, weights, weighted), info);
        } catch (Failure e) {
            throw raise("createDistGraph", sources.length + " sources", e);
        }
    }

    /** Makes the ranks nodes of a graph of which each rank tells its own edges, so both ends do (section 8.5.4). */
    public final GraphComm createDistGraphAdjacent(
            int[] sources, int[] sourceWeights, int[] destinations, int[] destWeights, Info info, boolean reorder) {
        return adjacent(sources, sourceWeights, destinations, destWeights, true, info);
    }

    /** The same with all weights 1. */
    public final GraphComm createDistGraphAdjacent(int[] sources, int[] destinations, Info info, boolean reorder) {
        return adjacent(
                sources, Graphs.ones(sources.length), destinations, Graphs.ones(destinations.length), false, info);
    }

    private GraphComm adjacent(
            int[] sources, int[] sourceWeights, int[] destinations, int[] weights, boolean weighted, Info info) {
        try {
            return distributed(
                    Graphs.adjacent(sources, sourceWeights, destinations, weights, weighted, core().size()), info);
        } catch (Failure e) {
            throw raise("createDistGraphAdjacent", sources.length + " sources", e);
        }
    }

    private GraphComm distributed(DistGraphNeighbors neighbours, Info info) {
        GraphComm made = inheriting(new GraphComm(Splitting.duplicate(core()), label() + ".graph", null, neighbours));
        if (!info.isNull()) {
            made.setInfo(info);
        }
        return made;
    }

    /** Opens a port at which this process can accept; returns its name. Keep it secret: who knows it may connect. */
    public static String openPort() {
        return NamedPorts.open();
    }

    /** The same; no hint is used (section 11.9.2). */
    public static String openPort(Info info) {
        return openPort();
    }

    /** Closes a port that this process has opened. */
    public static void closePort(String name) {
        NamedPorts.close(name);
    }

    /**
     * Publishes a port under a name that others can look up (section 11.9.4): processes of all jobs of this user on
     * this machine under {@code muster mpirun} and where there is no launcher, those of all jobs of the cluster on a
     * cluster. The name goes when this process takes it back or ends. Throws with class ERR_SERVICE when the name is
     * in use.
     */
    public static void publishName(String service, String port) {
        PublishedNames.publish(service, port);
    }

    /** The same; no hint is used. */
    public static void publishName(String service, Info info, String port) {
        publishName(service, port);
    }

    /** Takes back a name that this process has published; throws with class ERR_SERVICE when it has not. */
    public static void unpublishName(String service, String port) {
        PublishedNames.unpublish(service);
    }

    /** The same; no hint is used. */
    public static void unpublishName(String service, Info info, String port) {
        unpublishName(service, port);
    }

    /** The port that was published under a name; throws with class ERR_NAME at once when there is none. */
    public static String lookupName(String service) {
        return PublishedNames.lookUp(service);
    }

    /** The same; no hint is used. */
    public static String lookupName(String service, Info info) {
        return lookupName(service);
    }

    /**
     * Waits until a group connects to the port, and returns the communicator to it. All ranks call it; the name counts
     * at {@code root}, which must be the process that has opened the port (section 11.9.2).
     */
    public final Intercomm accept(String port, int root) {
        return NamedPorts.meet(this, "accept", port, root, Connecting.Side.ACCEPTS);
    }

    /** The same; no hint is used. */
    public final Intercomm accept(String port, Info info, int root) {
        return accept(port, root);
    }

    /**
     * Connects to the group that accepts at a port, and returns the communicator to it. All ranks call it; the name
     * counts at {@code root}. Waits ten minutes at most for the other group (section 11.9.3).
     */
    public final Intercomm connect(String port, int root) {
        return NamedPorts.meet(this, "connect", port, root, Connecting.Side.CONNECTS);
    }

    /** The same; no hint is used. */
    public final Intercomm connect(String port, Info info, int root) {
        return connect(port, root);
    }

    /**
     * Starts ranks with a world of their own, and returns the communicator to them, of which they get their end from
     * {@link Intercomm#getParent} (MPI 4.1, section 11.8.2). All ranks call it; what is to be started counts at
     * {@code root}. Blocks until all of them have called Init. Throws with class ERR_SPAWN when they cannot be started
     * or end before that; then none of them is left.
     *
     * <p>They run on the nodes of this job, one node after the other, and share its slots. The job ends when all ranks
     * have ended, and fails with the first that fails, spawned or not, connected or not.
     *
     * @param command a class on the class path of this rank, a jar, {@code java} (with options and class in
     *     {@code argv}), or any executable whose ranks call MPI: a path, or a name that {@code PATH} finds. A JVM gets
     *     the options of this job's ranks
     * @param argv arguments without the command; null for none
     * @param maxprocs how many ranks; so many are started or none
     * @param info {@code wdir}: folder to work in, relative to that of the job; {@code host}: names of nodes of the
     *     job, with commas between; {@code path}: folders to look for the command in first, with colons between.
     *     Others, {@code soft} among them, are not used
     * @param errcodes filled at all ranks, with SUCCESS or the class of the error; null when not wanted
     */
    public final Intercomm spawn(
            String command,
            String @Nullable [] argv,
            int maxprocs,
            @Nullable Info info,
            int root,
            int @Nullable [] errcodes) {
        return Spawning.spawn(
                this, "spawn", root, () -> List.of(SpawnCommand.part(command, argv, maxprocs, info)), errcodes);
    }

    /**
     * As {@link #spawn}, with several commands: their ranks are in one world, those of the first command first (section
     * 11.8.3). The index of its command is the attribute APPNUM of a rank's world.
     */
    public final Intercomm spawnMultiple(
            String[] commands,
            String @Nullable [] @Nullable [] argv,
            int[] maxprocs,
            Info @Nullable [] info,
            int root,
            int @Nullable [] errcodes) {
        return Spawning.spawn(
                this, "spawnMultiple", root, () -> SpawnCommand.parts(commands, argv, maxprocs, info), errcodes);
    }
}
