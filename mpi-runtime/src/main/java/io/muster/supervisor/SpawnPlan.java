package io.muster.supervisor;

import io.muster.host.SpawnedWorld;
import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.SpawnPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where spawned ranks run and what. They share the nodes of their job, and the slots that it has there: one node after
 * the other gets a rank, however many run there already. Pure.
 */
final class SpawnPlan {
    /** Most ranks that a job may have in all. */
    static final int MAX_RANKS = 65_536;

    private SpawnPlan() {}

    /**
     * The world that a request asks for.
     *
     * @param job the job as it started
     * @param number of the world in the job, from 1
     * @param ranksBefore ranks that the job has had before
     * @throws IllegalArgumentException when that cannot be; the message says why
     */
    static WorldOrder of(JobOrder job, int number, int ranksBefore, LauncherRequest.Spawn request) {
        List<SpawnPart> parts = request.parts().stream()
                .map(part -> new SpawnPart(
                        program(job.program(), part.program()),
                        part.jvmOptions(),
                        part.ranks(),
                        part.folder(),
                        part.path(),
                        part.hosts()))
                .toList();
        SpawnedWorld world = new SpawnedWorld(job.jobId(), request.parentPort(), parts);
        long ranks = parts.stream().mapToLong(SpawnPart::ranks).sum();
        if (ranks < 1 || ranks + ranksBefore > MAX_RANKS) {
            throw new IllegalArgumentException(
                    "these are " + ranks + " ranks; a job may have " + MAX_RANKS + " and has had " + ranksBefore);
        }
        JobOrder order = new JobOrder(
                job.jobId() + ".w" + number,
                job.program(),
                job.nodes(),
                placements(job, parts),
                job.environment(),
                job.jvmOptions(),
                MpiLibrary.MUSTER,
                new StandardInput.Empty(),
                job.wallTime());
        return WorldOrder.spawned(order, world);
    }

    private static List<RankPlacement> placements(JobOrder job, List<SpawnPart> parts) {
        List<Integer> all = IntStream.range(0, job.nodes().size())
                .filter(node -> !job.ranksOn(node).isEmpty())
                .boxed()
                .toList();
        List<RankPlacement> placements = new ArrayList<>();
        for (SpawnPart part : parts) {
            List<Integer> nodes = part.hosts().isEmpty()
                    ? all
                    : part.hosts().stream().map(host -> node(job, all, host)).toList();
            // The turn goes on from one program to the next, unless it has hosts of its own.
            int turn = part.hosts().isEmpty() ? placements.size() : 0;
            for (int i = 0; i < part.ranks(); i++) {
                placements.add(new RankPlacement(placements.size(), nodes.get((turn + i) % nodes.size())));
            }
        }
        return placements;
    }

    private static int node(JobOrder job, List<Integer> all, String host) {
        return all.stream()
                .filter(node -> job.nodes().get(node).name().equals(host))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("host '" + host + "' is no node of the job; it has "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(node -> job.nodes().get(node).name())
                                        .toList())));
    }

    /** With the class path as the job was given it, which is right on every node; else that of the rank that asks. */
    private static Program program(Program ofJob, Program asked) {
        if (!(asked instanceof Program.MainClass main)) {
            return asked;
        }
        return switch (ofJob) {
            case Program.MainClass job -> new Program.MainClass(main.mainClass(), job.classPath(), main.arguments());
            case Program.Jar job -> {
                List<String> classPath = new ArrayList<>(List.of(job.jar()));
                classPath.addAll(job.classPath());
                yield new Program.MainClass(main.mainClass(), classPath, main.arguments());
            }
            case Program.Command job -> main;
        };
    }
}
