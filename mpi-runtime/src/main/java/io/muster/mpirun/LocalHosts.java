package io.muster.mpirun;

import io.muster.host.RankHost;
import io.muster.supervisor.JobRun;
import io.muster.supervisor.JobWorlds;
import io.muster.supervisor.NodeLine;
import io.muster.supervisor.WorldOrder;
import io.muster.wireup.LocalNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** This machine as the only node of a job: a rank host for each of its worlds. Thread-safe. */
final class LocalHosts implements JobWorlds.Nodes, AutoCloseable {
    private final Path folder;
    private final Consumer<String> log;
    private final Set<RankHost> hosts = new HashSet<>();
    private boolean ended;

    /**
     * @param folder that the ranks work in
     * @param log gets a sentence when something is not as it should be
     */
    LocalHosts(Path folder, Consumer<String> log) {
        this.folder = folder;
        this.log = log;
    }

    @Override
    public synchronized NodeLine open(WorldOrder world, int nodeIndex, JobRun run) throws IOException {
        if (ended) {
            throw new IOException("the job is being ended");
        }
        RankHost host = new RankHost(
                world.onNode(nodeIndex), Map.of(), folder, LocalNames::new, event -> run.heard(event, 0), log);
        hosts.add(host);
        return new LocalNodeLine(host, run, () -> forget(host));
    }

    private synchronized void forget(RankHost host) {
        hosts.remove(host);
    }

    /** Ends all ranks, of all worlds at the same time; returns when nothing is left of them. */
    void end(Duration grace) {
        List<Thread> threads = new ArrayList<>();
        synchronized (this) {
            ended = true;
            hosts.forEach(
                    host -> threads.add(Thread.ofVirtual().name("end-ranks").start(() -> host.end(grace))));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end(Duration.ZERO);
    }
}
