package io.muster.mpirun;

import io.muster.launch.MpiLibrary;
import io.muster.launch.OutputPrinter;
import io.muster.launch.QuickExit;
import io.muster.launch.StandardInput;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.JobRun;
import io.muster.supervisor.JobWorlds;
import io.muster.supervisor.RankPlacement;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Runs ranks on this machine alone: {@code java -jar mpi-runtime.jar -n 4 Main}. */
public final class Mpirun {
    private static final String LOCALHOST = "127.0.0.1";
    private static final int SHUTDOWN_DEADLINE_SECONDS = 15;
    private static final int WRONG_INPUT = 2;

    private Mpirun() {}

    /** Runs what the arguments say and exits with the code of the first rank that failed. */
    public static void main(String[] arguments) {
        // System.out would encode and lock every line once more.
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        QuickExit.prepare();
        QuickExit.exit(main(List.of(arguments), out, err));
    }

    /**
     * Runs what the arguments say.
     *
     * @return exit code: of the first rank that failed; 2 when the arguments are wrong, which was said on {@code err}
     */
    public static int main(List<String> arguments, OutputStream out, OutputStream err) {
        MpirunArguments.Parsed parsed = MpirunArguments.parse(arguments);
        return switch (parsed) {
            case MpirunArguments.Parsed.Help help -> say(out, MpirunArguments.USAGE, 0);
            case MpirunArguments.Parsed.Wrong wrong ->
                say(err, "mpirun: " + wrong.problem() + "\n" + MpirunArguments.USAGE, WRONG_INPUT);
            case MpirunArguments.Parsed.Right right -> runAndReport(right.order(), out, err);
        };
    }

    private static int runAndReport(MpirunOrder order, OutputStream out, OutputStream err) {
        try {
            JobOutcome outcome = run(order, out, err);
            String cause = outcome.kind() == JobOutcome.Kind.DONE ? "" : "mpirun: " + outcome.cause() + "\n";
            return say(err, cause, outcome.exitCode());
        } catch (IOException e) {
            return say(err, "mpirun: " + e.getMessage() + "\n", JobOutcome.INFRASTRUCTURE_FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JobOutcome.INTERRUPTED;
        }
    }

    /**
     * Runs ranks on this machine; blocks until they have ended and nothing of them is left. When this process is asked
     * to end, or is killed, they end too.
     *
     * @param out gets what ranks write to their standard output, line by line
     * @param err the same for standard error
     * @throws IOException when this machine cannot run ranks at all
     */
    public static JobOutcome run(MpirunOrder order, OutputStream out, OutputStream err)
            throws IOException, InterruptedException {
        OutputPrinter printer = new OutputPrinter(out, err, order.tags());
        JobOrder job = job(order);
        LocalHosts hosts = new LocalHosts(order.folder(), problem -> say(err, problem + "\n", 0));
        CountDownLatch over = new CountDownLatch(1);
        Thread onShutdown = new Thread(() -> shutDown(hosts, over), "mpirun-shutdown");
        Runtime.getRuntime().addShutdownHook(onShutdown);
        try {
            return new JobWorlds(job, event -> print(event, printer), hosts).run();
        } finally {
            hosts.close();
            over.countDown();
            forget(onShutdown);
        }
    }

    /** Ctrl-C has reached the ranks already, as they are in the terminal's group: little grace is needed. */
    private static void shutDown(LocalHosts hosts, CountDownLatch over) {
        hosts.end(JobRun.GRACE);
        try {
            over.await(SHUTDOWN_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown runs, and the hook with it.
        }
    }

    private static void print(JobEvent event, OutputPrinter printer) {
        if (event instanceof JobEvent.Output output) {
            try {
                printer.print(output.rank(), output.stream(), output.bytes(), output.partial());
            } catch (IOException e) {
                // Nobody reads any more, as after "| head"; the ranks go on, as they would with any launcher.
            }
        }
    }

    private static JobOrder job(MpirunOrder order) {
        return new JobOrder(
                "mpirun-" + ProcessHandle.current().pid(),
                order.program(),
                List.of(new JobNode("localhost", LOCALHOST, 0)),
                IntStream.range(0, order.ranks())
                        .mapToObj(rank -> new RankPlacement(rank, 0))
                        .toList(),
                order.environment(),
                order.jvmOptions(),
                MpiLibrary.MUSTER,
                new StandardInput.Inherited(),
                order.wallTime());
    }

    private static int say(OutputStream to, String text, int exitCode) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            // Nobody listens; the exit code still tells.
        }
        return exitCode;
    }
}
