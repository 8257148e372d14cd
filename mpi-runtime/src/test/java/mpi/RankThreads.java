package mpi;

import io.muster.launch.RankEnvironment;
import io.muster.mpi.engine.TransportChoice;
import io.muster.mpi.engine.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program as ranks that are threads of this process, over the real transports. */
final class RankThreads {
    private static final long DEADLINE_SECONDS = 60;

    private RankThreads() {}

    /** How the ranks reach each other. */
    enum Wiring {
        SHM,
        TCP,
        /** Two nodes without shared memory between them, ranks dealt out alternately. */
        MIXED,
        /** The same two nodes on one machine, as local nodes are. */
        MACHINE
    }

    /** What each rank does. */
    @FunctionalInterface
    interface Program {
        void run(Intracomm comm) throws Exception;
    }

    /** Runs {@code program} on each rank, which leaves in order after it. */
    static void run(int ranks, Wiring wiring, Program program) {
        run(ranks, wiring, new InMemoryLauncher(ranks), (world, comm) -> {
            program.run(comm);
            world.leave();
        });
    }

    /** What each rank does, with its end in its own hands. */
    @FunctionalInterface
    interface WorldProgram {
        void run(World world, Intracomm comm) throws Exception;
    }

    static void run(int ranks, Wiring wiring, InMemoryLauncher launcher, WorldProgram program) {
        run("job-1", ranks, wiring, launcher, program);
    }

    /** Runs {@code program} as the ranks of a job of that name, which leave in order after it. */
    static void run(String job, int ranks, Wiring wiring, Program program) {
        run(job, ranks, wiring, new InMemoryLauncher(ranks), (world, comm) -> {
            program.run(comm);
            world.leave();
        });
    }

    private static void run(String job, int ranks, Wiring wiring, InMemoryLauncher launcher, WorldProgram program) {
        try {
            Path folder = newFolder(wiring);
            Path secret = Files.writeString(folder.resolve("secret"), "open sesame");
            List<FutureTask<Void>> tasks = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                RankEnvironment environment = environment(job, rank, ranks, wiring, secret, folder);
                FutureTask<Void> task = new FutureTask<>(() -> {
                    TransportChoice choice = wiring == Wiring.TCP ? TransportChoice.TCP : TransportChoice.AUTO;
                    World world = World.join(environment, launcher.line(), choice);
                    try {
                        program.run(world, new Intracomm(world.all(), "world"));
                    } finally {
                        world.drop();
                    }
                    return null;
                });
                tasks.add(task);
                Thread.ofPlatform().daemon().name("rank-" + rank).start(task);
            }
            awaitAll(tasks);
            remove(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path newFolder(Wiring wiring) throws IOException {
        Path sharedMemory = Path.of("/dev/shm");
        return wiring == Wiring.MACHINE && Files.isWritable(sharedMemory)
                ? Files.createTempDirectory(sharedMemory, "ranks")
                : Files.createTempDirectory("ranks");
    }

    private static void awaitAll(List<FutureTask<Void>> tasks) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        AssertionError failure = null;
        for (int rank = 0; rank < tasks.size(); rank++) {
            try {
                // After a first failure the others hang: they get a moment, for their own messages.
                long left = failure == null ? deadline - System.nanoTime() : TimeUnit.SECONDS.toNanos(1);
                tasks.get(rank).get(Math.max(1, left), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException | InterruptedException e) {
                Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                AssertionError error = new AssertionError("rank " + rank + ": " + cause, cause);
                if (failure == null) {
                    failure = error;
                } else {
                    failure.addSuppressed(error);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RankEnvironment environment(String job, int rank, int ranks, Wiring wiring, Path secret, Path folder)
            throws IOException {
        boolean mixed = (wiring == Wiring.MIXED || wiring == Wiring.MACHINE) && ranks > 1;
        int node = mixed ? rank % 2 : 0;
        int localRank = mixed ? rank / 2 : rank;
        int localSize = mixed ? (ranks + 1 - node) / 2 : ranks;
        Path shared = Files.createDirectories(folder.resolve("node-" + node));
        return new RankEnvironment(
                job,
                rank,
                ranks,
                localRank,
                localSize,
                node,
                mixed ? 2 : 1,
                "node-" + node,
                "127.0.0.1",
                0,
                secret,
                shared);
    }

    /** Removes what the test made; fails when a rank left something in a shared folder. */
    private static void remove(Path folder) throws IOException {
        Files.delete(folder.resolve("secret"));
        for (int node = 0; node < 2; node++) {
            Files.deleteIfExists(folder.resolve("node-" + node));
        }
        Files.delete(folder);
    }
}
