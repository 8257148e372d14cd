package mpi;

import io.muster.mpi.dynamic.LeaderLine;
import io.muster.mpi.dynamic.Ports;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.World;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.SpawnPart;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts ranks and connects to them: the root opens a port and has the launcher start ranks that know it; these connect
 * there in Init, as groups of different jobs do.
 */
final class Spawning {
    private Spawning() {}

    /** All ranks of {@code comm} call it; {@code parts} is asked at the root only. */
    static Intercomm spawn(
            Intracomm comm, String call, int root, Supplier<List<SpawnPart>> parts, int @Nullable [] errcodes) {
        Communicator core = comm.core();
        try {
            CommBase.checkRoot(core, root);
            Communicator both =
                    new Connecting(core, root, Connecting.Side.ACCEPTS).meet(() -> start(call, checked(parts)));
            fill(errcodes, MPI.SUCCESS);
            return comm.inheriting(new Intercomm(both, comm.label() + "." + call));
        } catch (Failure e) {
            fill(errcodes, e.errorClass().code());
            throw comm.raise(call, "root=" + root, e);
        }
    }

    /** What is wrong with the root's arguments is told at all ranks. */
    private static List<SpawnPart> checked(Supplier<List<SpawnPart>> parts) {
        try {
            return parts.get();
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new Failure(ErrorClass.ARG, "an argument is null or cannot be used: " + e.getMessage(), e);
        }
    }

    private static void fill(int @Nullable [] errcodes, int code) {
        if (errcodes != null) {
            Arrays.fill(errcodes, code);
        }
    }

    /** Has the ranks started, and accepts them. */
    private static LeaderLine start(String call, List<SpawnPart> parts) throws IOException {
        World world = MPI.world(call);
        String port = Ports.open(world.all().engine().foreign().address());
        CompletableFuture<String> refusal = new CompletableFuture<>();
        try {
            Thread.ofVirtual().name("spawn").start(() -> ask(world, port, parts, refusal));
            return Ports.accept(port);
        } catch (IOException | Failure e) {
            String why = refusal.getNow(String.valueOf(e.getMessage()));
            throw new Failure(ErrorClass.SPAWN, "cannot spawn " + title(parts) + ": " + why, e);
        } finally {
            closeIfOpen(port);
        }
    }

    private static String title(List<SpawnPart> parts) {
        return String.join(", ", parts.stream().map(SpawnPart::title).distinct().toList());
    }

    /** When they do not start, nobody will come to the port any more. */
    private static void ask(World world, String port, List<SpawnPart> parts, CompletableFuture<String> refusal) {
        LauncherAnswer answer = LauncherCall.answer(world, new LauncherRequest.Spawn(port, parts));
        if (answer.kind() != LauncherAnswer.Kind.DONE) {
            refusal.complete(answer.text());
            closeIfOpen(port);
        }
    }

    private static void closeIfOpen(String port) {
        try {
            Ports.close(port);
        } catch (IOException | Failure e) {
            // Closed before, by the one of the two that was first.
        }
    }

    /** The communicator of a spawned rank to its parents, from Init; all ranks of its world call it. */
    static Intercomm connectToParents(World world, String port) {
        Communicator core = world.all();
        Communicator both = new Connecting(core, 0, Connecting.Side.CONNECTS).meet(() -> Ports.connect(port));
        return new Intercomm(both, "parent");
    }
}
