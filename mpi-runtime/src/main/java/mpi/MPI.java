package mpi;

import io.muster.launch.ParentPort;
import io.muster.launch.RankEnvironment;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.TransportChoice;
import io.muster.mpi.engine.World;
import io.muster.wireup.SocketWireUp;
import io.muster.wireup.WireUp;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The MPI environment of this process (MPI 4.1, chapter 11): start, end, clock, and the predefined objects. */
public final class MPI extends MPIBuffers {
    /** All ranks of the job. Usable between Init and Finalize. */
    public static final Intracomm COMM_WORLD = Intracomm.notStarted("MPI.COMM_WORLD");

    /** This rank alone. Usable between Init and Finalize. */
    public static final Intracomm COMM_SELF = Intracomm.notStarted("MPI.COMM_SELF");

    /** No communicator: every call on it throws. */
    public static final Comm COMM_NULL = new Comm(null, "MPI.COMM_NULL");

    private static final long START_NANOS = System.nanoTime();
    private static final double NANOS_A_SECOND = 1e9;

    private static volatile @Nullable World world;
    private static volatile boolean finalized;
    private static volatile Intercomm parents = new Intercomm(null, "parent");
    private static volatile @Nullable Thread mainThread;

    /** Makes an object that nobody needs; everything here is static. */
    public MPI() {}

    /**
     * Joins the job that the launcher started this process for; a process started by hand is a world of one. Blocks
     * until all ranks have come.
     *
     * @return {@code args}
     */
    public static synchronized String[] Init(String[] args) {
        if (world != null) {
            throw new MPIException(ErrorClass.OTHER, "MPI.Init: it has been called before; call it once in a process");
        }
        World joined = join();
        world = joined;
        mainThread = Thread.currentThread();
        Survivors.speakBriefly();
        COMM_WORLD.start(joined.all());
        COMM_SELF.start(joined.self());
        connectToParents(joined);
        return args;
    }

    /** The parents of a spawned rank wait for that in their call of spawn. */
    private static void connectToParents(World joined) {
        try {
            Optional<String> port = ParentPort.read(System.getenv());
            if (port.isPresent()) {
                parents = Spawning.connectToParents(joined, port.get());
            }
        } catch (IOException | Failure e) {
            throw new MPIException(
                    ErrorClass.SPAWN, "MPI.Init: cannot connect to those who spawned this rank: " + e.getMessage(), e);
        }
    }

    static Intercomm parents() {
        return parents;
    }

    private static World join() {
        try {
            Optional<RankEnvironment> environment = RankEnvironment.fromVariables(System.getenv());
            if (environment.isEmpty()) {
                return World.alone();
            }
            TransportChoice choice = TransportChoice.of(System.getenv(TransportChoice.VARIABLE));
            WireUp wireUp = SocketWireUp.connect(environment.get());
            return World.join(environment.get(), wireUp, choice);
        } catch (IOException | Failure | IllegalArgumentException e) {
            throw new MPIException(ErrorClass.OTHER, "MPI.Init: " + e.getMessage(), e);
        }
    }

    /** The same; THREAD_MULTIPLE is granted whatever is asked for. */
    public static int InitThread(String[] args, int required) {
        Init(args);
        return THREAD_MULTIPLE;
    }

    /** The same as Init. */
    public static String[] initThread(int rank, int required, String[] args) {
        return Init(args);
    }

    /** Waits for all ranks and leaves the job; no call but the inquiries is allowed afterwards. */
    public static synchronized void Finalize() {
        World joined = world;
        if (joined == null || finalized) {
            throw new MPIException(
                    ErrorClass.OTHER,
                    "MPI.Finalize: " + (joined == null ? "MPI.Init has not been called" : "it has been called before"));
        }
        AttachedBuffer.detach();
        try {
            joined.leave();
        } catch (Failure e) {
            throw COMM_WORLD.raise("MPI.Finalize", "", e);
        } finally {
            finalized = true;
            COMM_WORLD.end(true);
            COMM_SELF.end(true);
        }
    }

    /** Gives buffered sends room, which is the program's again after detaching. One buffer at a time (section 3.6). */
    public static void attachBuffer(byte[] buffer) {
        AttachedBuffer.attach(buffer, buffer.length);
    }

    /** As {@link #attachBuffer}: room for as many bytes as the buffer's capacity. */
    public static void Buffer_attach(ByteBuffer userBuffer) {
        AttachedBuffer.attach(userBuffer, userBuffer.capacity());
    }

    /**
     * Takes the room of buffered sends back. Blocks until all their messages have left.
     *
     * @return the array that was attached; null when it was none
     */
    public static byte @Nullable [] detachBuffer() {
        return AttachedBuffer.detach() instanceof byte[] array ? array : null;
    }

    /** As {@link #detachBuffer}. */
    public static void Buffer_detach() {
        AttachedBuffer.detach();
    }

    /** Whether Init has been called, also after Finalize. */
    public static boolean isInitialized() {
        return world != null;
    }

    public static boolean Initialized() {
        return isInitialized();
    }

    public static boolean isFinalized() {
        return finalized;
    }

    public static int queryThread() {
        return THREAD_MULTIPLE;
    }

    /** Whether this thread called Init. */
    public static boolean isThreadMain() {
        return Thread.currentThread() == mainThread;
    }

    public static boolean isMainThread() {
        return isThreadMain();
    }

    /** Seconds since some moment in the past. */
    public static double wtime() {
        return (System.nanoTime() - START_NANOS) / NANOS_A_SECOND;
    }

    public static double Wtime() {
        return wtime();
    }

    /** Resolution of the clock in seconds. */
    public static double wtick() {
        return 1 / NANOS_A_SECOND;
    }

    public static double Wtick() {
        return wtick();
    }

    /** Name of the node that this process runs on. */
    public static String getProcessorName() {
        Optional<RankEnvironment> environment = RankEnvironment.fromVariables(System.getenv());
        if (environment.isPresent()) {
            return environment.get().nodeName();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    public static String Get_processor_name() {
        return getProcessorName();
    }

    /** Remembers the handler of {@link #COMM_WORLD}; errors throw whatever it is. */
    public static void Errorhandler_set(Errhandler errhandler) {
        COMM_WORLD.errors.remember(errhandler);
    }

    /** The handler of {@link #COMM_WORLD}. */
    public static Errhandler Errorhandler_get() {
        return COMM_WORLD.getErrhandler();
    }

    /** Profiling at a level; there is none here, so nothing happens (section 15.2.4). */
    public static void pControl(int level, @Nullable Object obj) {}

    /** The version of the standard that the calls follow (MPI 4.1, section 9.1.1). */
    public static Version getVersion() {
        return new Version(VERSION, SUBVERSION);
    }

    /** Name and version of this library. */
    public static String getLibVersion() {
        return "Muster MPI runtime";
    }

    /** The job that this process has joined; throws before Init and after Finalize. */
    static World world(String call) {
        World joined = world;
        if (joined == null || finalized) {
            throw new MPIException(
                    ErrorClass.OTHER,
                    call + ": " + (joined == null ? "MPI.Init has not been called" : "MPI.Finalize has been called"));
        }
        return joined;
    }

    static void abort(String where, int errorCode) {
        endJob(where + " was aborted with code " + errorCode, errorCode);
    }

    /** Ends the whole job with this exit code; does not return. */
    static void endJob(String reason, int errorCode) {
        System.err.println(reason);
        World joined = world;
        if (joined != null) {
            joined.abort(errorCode, reason);
        }
        Runtime.getRuntime().halt(errorCode == 0 ? 1 : errorCode & 0xff);
    }
}
