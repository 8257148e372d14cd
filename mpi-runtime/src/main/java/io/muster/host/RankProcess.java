package io.muster.host;

import io.muster.launch.OutputStreamName;
import io.muster.launch.OwnProcesses;
import io.muster.launch.StandardInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One rank: its process and the two streams that it writes. */
final class RankProcess implements HostedRank {
    private final int rank;
    private final Process process;
    private final CountDownLatch told = new CountDownLatch(1);

    private RankProcess(int rank, Process process) {
        this.rank = rank;
        this.process = process;
    }

    /** Starts a rank. Its events go to {@code sink} from threads of their own; the last one is that it exited. */
    static RankProcess start(
            int rank,
            List<String> command,
            Map<String, String> variables,
            Path folder,
            StandardInput stdin,
            Consumer<RankEvent> sink)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectInput(stdin.redirect(folder));
        builder.environment().putAll(variables);
        RankProcess started = new RankProcess(rank, OwnProcesses.start(builder));
        started.follow(sink);
        return started;
    }

    private void follow(Consumer<RankEvent> sink) {
        sink.accept(new RankEvent.RankStarted(rank, process.pid()));
        OutputPump out = new OutputPump(
                process.getInputStream(),
                (bytes, partial) ->
                        sink.accept(new RankEvent.RankOutput(rank, OutputStreamName.STDOUT, bytes, partial)));
        OutputPump err = new OutputPump(
                process.getErrorStream(),
                (bytes, partial) ->
                        sink.accept(new RankEvent.RankOutput(rank, OutputStreamName.STDERR, bytes, partial)));
        out.start("out-" + rank);
        err.start("err-" + rank);
        Thread.ofVirtual().name("exit-" + rank).start(() -> tellExit(out, err, sink));
    }

    private void tellExit(OutputPump out, OutputPump err, Consumer<RankEvent> sink) {
        try {
            int exitCode = process.waitFor();
            long atMillis = System.currentTimeMillis();
            out.awaitDrained();
            err.awaitDrained();
            sink.accept(new RankEvent.RankExited(rank, exitCode, atMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            told.countDown();
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public boolean awaitExit(long timeoutMs) throws InterruptedException {
        return process.waitFor(Math.max(timeoutMs, 0), TimeUnit.MILLISECONDS);
    }

    @Override
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public boolean awaitTold(long timeoutMs) throws InterruptedException {
        return told.await(Math.max(timeoutMs, 0), TimeUnit.MILLISECONDS);
    }
}
