package io.muster.host;

import io.muster.launch.ExitCode;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankNames;
import io.muster.wireup.WireUpServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What the wire-up of a rank host hears from its ranks. Thread-safe. */
final class WireUpEvents implements WireUpServer.Listener {
    /** How long the end of a rank's line waits for the end of its process, to be able to say how it went. */
    private static final Duration EXIT_AFTER_LINE = Duration.ofSeconds(2);

    private final Map<Integer, RankProcess> processes;
    private final RankNames names;
    private final Consumer<RankEvent> sink;
    private final Map<Long, Consumer<LauncherAnswer>> spawns = new ConcurrentHashMap<>();
    private final AtomicLong lastSpawn = new AtomicLong();

    /** Events go to {@code sink}, names to {@code names}. */
    WireUpEvents(Map<Integer, RankProcess> processes, RankNames names, Consumer<RankEvent> sink) {
        this.processes = processes;
        this.names = names;
        this.sink = sink;
    }

    @Override
    public void published(RankAddress address) {
        sink.accept(new RankEvent.Published(address));
    }

    @Override
    public void lineBroken(int rank, String reason) {
        sink.accept(new RankEvent.LineBroken(rank, exitReason(rank, reason)));
    }

    @Override
    public void abortAsked(int rank, int exitCode, String reason) {
        sink.accept(new RankEvent.AbortAsked(rank, exitCode, reason, System.currentTimeMillis()));
    }

    /** Names may be kept elsewhere: the rank's line, which may bring an abort, does not wait for them. */
    @Override
    public void asked(int rank, LauncherRequest request, Consumer<LauncherAnswer> answer) {
        Thread.ofVirtual().name("answer-" + rank).start(() -> {
            switch (request) {
                case LauncherRequest.PublishName publish -> answer.accept(names.publish(rank, publish));
                case LauncherRequest.UnpublishName unpublish -> answer.accept(names.unpublish(rank, unpublish));
                case LauncherRequest.LookUpName lookUp -> answer.accept(names.lookUp(lookUp));
                case LauncherRequest.Spawn spawn -> {
                    long id = lastSpawn.incrementAndGet();
                    spawns.put(id, answer);
                    sink.accept(new RankEvent.WorldAsked(rank, id, spawn));
                }
            }
        });
    }

    /** Tells the rank that has asked how it went. */
    void spawned(long id, LauncherAnswer answer) {
        Consumer<LauncherAnswer> asker = spawns.remove(id);
        if (asker != null) {
            asker.accept(answer);
        }
    }

    @Override
    public void lineEnded(int rank) {
        names.forget(rank);
    }

    private String exitReason(int rank, String reason) {
        RankProcess process = processes.get(rank);
        try {
            // Not until its exit was told: that waits for its output, which a child of it may hold open.
            if (process != null && process.awaitExit(EXIT_AFTER_LINE.toMillis())) {
                return ExitCode.describe(process.exitCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reason;
    }
}
