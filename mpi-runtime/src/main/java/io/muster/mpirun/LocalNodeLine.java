package io.muster.mpirun;

import io.muster.host.RankHost;
import io.muster.supervisor.JobRun;
import io.muster.supervisor.NodeLine;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.util.List;

/** This machine as the only node of one world of a job. */
final class LocalNodeLine implements NodeLine {
    private final RankHost host;
    private final JobRun run;
    private final Runnable closed;

    /** {@code closed} is told when this is closed. */
    LocalNodeLine(RankHost host, JobRun run, Runnable closed) {
        this.host = host;
        this.run = run;
        this.closed = closed;
    }

    @Override
    public void start() {
        // Starting reports to the run, which calls this: a thread of its own, or both would wait for each other.
        Thread.ofVirtual().name("start-ranks").start(host::startRanks);
    }

    @Override
    public void sendTable(List<RankAddress> addresses) {
        host.sendTable(addresses);
    }

    @Override
    public void sendLost(RankLost lost) {
        host.sendLost(lost);
    }

    @Override
    public void spawn(long id, String command) {
        host.spawn(id, command);
    }

    @Override
    public void sendSpawnEnded(long id, int exitCode) {
        host.spawnEnded(id, exitCode);
    }

    @Override
    public void sendWorldAnswer(long id, LauncherAnswer answer) {
        host.worldAnswered(id, answer);
    }

    @Override
    public void end() {
        Thread.ofVirtual().name("end-ranks").start(() -> {
            host.end(JobRun.GRACE);
            run.nodeClean(0);
        });
    }

    @Override
    public void close() {
        host.close();
        closed.run();
    }
}
