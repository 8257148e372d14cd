package io.muster.agent;

import io.muster.host.HostCommand;
import io.muster.host.HostReport;
import io.muster.host.RankHost;
import io.muster.host.RankHostOrder;
import io.muster.host.SpawnedWorld;
import io.muster.launch.OwnProcesses;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Ranks for the supervisor of a job, as long as it keeps talking. */
final class HostService {
    private final Jobs jobs;
    private final Map<String, String> markVariables;
    private final ClusterNames names;
    private final Consumer<String> log;

    /** Makes the service; {@code markVariables} go into the environment of every rank. */
    HostService(Jobs jobs, Map<String, String> markVariables, ClusterNames names, Consumer<String> log) {
        this.jobs = jobs;
        this.markVariables = Map.copyOf(markVariables);
        this.names = names;
        this.log = log;
    }

    void serve(Line line) throws IOException {
        try (Conversation<HostReport, HostCommand> conversation =
                new Conversation<>(line, HostReport.CODEC, HostCommand.CODEC)) {
            Optional<HostCommand> first = conversation.receive(HostCommand.SILENCE);
            if (first.isEmpty()) {
                // A spare supervisor has seen that it can come here.
                return;
            }
            if (!(first.get() instanceof HostCommand.Host host)) {
                throw new IOException("a supervisor did not say which ranks it wants");
            }
            String jobId = host.order().jobId();
            if (!jobs.beginHosting(jobId)) {
                conversation.send(new HostReport.Refused("ranks of job " + jobId + " run there already"));
                return;
            }
            try {
                host(host.order(), conversation);
            } finally {
                jobs.endHosting(jobId);
            }
        }
    }

    private void host(RankHostOrder order, Conversation<HostReport, HostCommand> conversation) throws IOException {
        JobFolder folder = jobs.folder(order.spawned().map(SpawnedWorld::jobId).orElse(order.jobId()));
        RankHost host;
        try {
            folder.createWork();
            // Whatever the job leaves behind is to become a child of this process.
            boolean _ = OwnProcesses.adopt();
            host = new RankHost(
                    order,
                    markVariables,
                    folder.work(),
                    sharedFolder -> names.forJob(),
                    event -> report(conversation, new HostReport.Happened(event)),
                    log);
        } catch (IOException e) {
            conversation.send(new HostReport.Refused("cannot prepare for ranks: " + e.getMessage()));
            return;
        }
        AtomicBoolean over = new AtomicBoolean();
        try {
            conversation.send(new HostReport.Ready(System.currentTimeMillis()));
            Thread.ofVirtual().name("breath").start(() -> breathe(conversation, over));
            obey(host, conversation);
        } finally {
            over.set(true);
            // First the line, as a rank's output may be stuck in it; then the ranks.
            conversation.close();
            host.close();
        }
    }

    private static void obey(RankHost host, Conversation<HostReport, HostCommand> conversation) throws IOException {
        Optional<HostCommand> command = conversation.receive(HostCommand.SILENCE);
        while (command.isPresent()) {
            switch (command.get()) {
                case HostCommand.Start start ->
                    Thread.ofVirtual().name("start-ranks").start(host::startRanks);
                case HostCommand.Table table -> host.sendTable(table.addresses());
                case HostCommand.Lost lost -> host.sendLost(lost.rank());
                case HostCommand.Spawn spawn -> host.spawn(spawn.id(), spawn.command());
                case HostCommand.WorldAnswered answered -> host.worldAnswered(answered.id(), answered.answer());
                case HostCommand.SpawnEnded ended -> host.spawnEnded(ended.id(), ended.exitCode());
                case HostCommand.End end ->
                    Thread.ofVirtual().name("end-ranks").start(() -> {
                        host.end(end.grace());
                        report(conversation, new HostReport.Clean());
                    });
                case HostCommand.Alive alive -> {}
                case HostCommand.Host again -> throw new IOException("a supervisor ordered twice");
            }
            command = conversation.receive(HostCommand.SILENCE);
        }
    }

    private static void report(Conversation<HostReport, HostCommand> conversation, HostReport report) {
        try {
            conversation.send(report);
        } catch (IOException e) {
            // The one who obeys notices that the supervisor is gone, and ends the ranks.
            conversation.close();
        }
    }

    private static void breathe(Conversation<HostReport, HostCommand> conversation, AtomicBoolean over) {
        try {
            while (!over.get()) {
                Thread.sleep(HostCommand.HEARTBEAT);
                conversation.send(new HostReport.Breathing());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            conversation.close();
        }
    }
}
