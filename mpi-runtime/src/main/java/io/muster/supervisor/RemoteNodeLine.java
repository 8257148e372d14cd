package io.muster.supervisor;

import io.muster.host.HostCommand;
import io.muster.host.HostReport;
import io.muster.host.RankHostOrder;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.Conversation;
import io.muster.wire.SecureLines;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A node of a job, reached through its agent. */
final class RemoteNodeLine implements NodeLine {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(30);

    private final JobNode node;
    private final RankHostOrder order;
    private final ClusterIdentity identity;
    private final JobRun run;

    /** Few commands a rank: bounded by the job. */
    private final BlockingQueue<HostCommand> outbox = new LinkedBlockingQueue<>();

    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Conversation<HostCommand, HostReport> conversation;

    private RemoteNodeLine(JobNode node, RankHostOrder order, ClusterIdentity identity, JobRun run) {
        this.node = node;
        this.order = order;
        this.identity = identity;
        this.run = run;
    }

    /** Begins to connect; returns at once. */
    static NodeLine open(JobNode node, RankHostOrder order, ClusterIdentity identity, JobRun run) {
        RemoteNodeLine line = new RemoteNodeLine(node, order, identity, run);
        line.outbox.add(new HostCommand.Host(order));
        Thread.ofVirtual().name("node-" + node.name()).start(line::converse);
        return line;
    }

    private void converse() {
        try (Conversation<HostCommand, HostReport> opened = new Conversation<>(
                SecureLines.connect(node.address(), node.agentPort(), identity, HostCommand.SERVICE, CONNECT_DEADLINE),
                HostCommand.CODEC,
                HostReport.CODEC)) {
            conversation = opened;
            long askedAtMillis = System.currentTimeMillis();
            Thread.ofVirtual().name("to-" + node.name()).start(() -> sendAll(opened));
            hear(opened, askedAtMillis);
        } catch (IOException e) {
            gone(String.valueOf(e.getMessage()));
        }
    }

    private void hear(Conversation<HostCommand, HostReport> opened, long askedAtMillis) throws IOException {
        long clockOffsetMillis = 0;
        while (true) {
            Optional<HostReport> report = opened.receive(HostCommand.SILENCE);
            if (report.isEmpty()) {
                throw new IOException("its agent ended the conversation");
            }
            switch (report.get()) {
                case HostReport.Ready ready ->
                    clockOffsetMillis =
                            ClockOffset.millis(askedAtMillis, ready.nowMillis(), System.currentTimeMillis());
                case HostReport.Refused refused -> throw new IOException(refused.reason());
                case HostReport.Happened happened -> run.heard(happened.event(), clockOffsetMillis);
                case HostReport.Breathing breathing -> {}
                case HostReport.Clean clean -> {
                    if (over.compareAndSet(false, true)) {
                        run.nodeClean(order.nodeIndex());
                    }
                    return;
                }
            }
        }
    }

    private void sendAll(Conversation<HostCommand, HostReport> opened) {
        try {
            while (!over.get()) {
                HostCommand command = outbox.poll(HostCommand.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                opened.send(command == null ? new HostCommand.Alive() : command);
            }
        } catch (IOException e) {
            // The one who hears tells of it; make sure that it does.
            opened.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void gone(String reason) {
        if (over.compareAndSet(false, true)) {
            run.nodeGone(order.nodeIndex(), reason);
        }
    }

    @Override
    public void start() {
        outbox.add(new HostCommand.Start());
    }

    @Override
    public void sendTable(List<RankAddress> addresses) {
        outbox.add(new HostCommand.Table(addresses));
    }

    @Override
    public void sendLost(RankLost lost) {
        outbox.add(new HostCommand.Lost(lost));
    }

    @Override
    public void spawn(long id, String command) {
        outbox.add(new HostCommand.Spawn(id, command));
    }

    @Override
    public void sendSpawnEnded(long id, int exitCode) {
        outbox.add(new HostCommand.SpawnEnded(id, exitCode));
    }

    @Override
    public void sendWorldAnswer(long id, LauncherAnswer answer) {
        outbox.add(new HostCommand.WorldAnswered(id, answer));
    }

    @Override
    public void end() {
        outbox.add(new HostCommand.End(JobRun.GRACE));
    }

    @Override
    public void close() {
        over.set(true);
        Conversation<HostCommand, HostReport> opened = conversation;
        if (opened != null) {
            opened.close();
        }
    }
}
