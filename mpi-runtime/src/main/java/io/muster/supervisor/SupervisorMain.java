package io.muster.supervisor;

import io.muster.wire.ClusterIdentity;
import io.muster.wire.RecordCodec;
import io.muster.wire.RecordFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One job's supervisor, a process of its own on the head node: {@code SupervisorMain <job folder> <keys folder>}. The
 * head agent starts it, reads {@value #ACCEPTED} and at the end {@value #OVER} from it, and writes {@code cancel
 * <reason>} to it. It ends with its agent.
 */
public final class SupervisorMain {
    /** What it prints when the job has its journal and will be run. */
    public static final String ACCEPTED = "accepted";

    /** What it prints when the job's end stands in the journal, which it does not touch any more. */
    public static final String OVER = "over";

    /** First word of the line that ends the job. */
    public static final String CANCEL = "cancel ";

    /**
     * First argument, in place of the job's folder, of one that waits for its job; then come the keys folder, and
     * address and port of an agent of the cluster.
     */
    public static final String SPARE = "--spare";

    /** First word of the line that gives a spare one its job; then comes the job's folder. */
    public static final String RUN = "run ";

    /** Name of the file with the journal, in the job's folder. */
    public static final String JOURNAL_FILE = "journal";

    private static final RecordCodec<JobOrder> ORDERS = RecordCodec.of(JobOrder.class);

    private SupervisorMain() {}

    /** Runs the job; exits with 0 when its outcome stands in the journal. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ClusterIdentity identity = ClusterIdentity.load(Path.of(arguments[1]));
        if (!arguments[0].equals(SPARE)) {
            run(Path.of(arguments[0]), identity, orders);
            return;
        }
        WarmUp.run(arguments[2], Integer.parseInt(arguments[3]), identity);
        String line = orders.readLine();
        if (line != null && line.startsWith(RUN)) {
            run(Path.of(line.substring(RUN.length())), identity, orders);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void run(Path folder, ClusterIdentity identity, BufferedReader orders)
            throws IOException, InterruptedException {
        JobOrder order = order(folder).read();
        try (Journal journal = Journal.create(folder.resolve(JOURNAL_FILE))) {
            JobWorlds job = new JobWorlds(
                    order,
                    event -> append(journal, event),
                    (world, node, run) ->
                            RemoteNodeLine.open(order.nodes().get(node), world.onNode(node), identity, run));
            Thread.ofPlatform().name("orders").daemon().start(() -> hearAgent(orders, job));
            System.out.println(ACCEPTED);
            System.out.flush();
            JobOutcome _ = job.run();
        }
        System.out.println(OVER);
        System.out.flush();
        // Threads that still wait for nodes must not hold the process.
        Runtime.getRuntime().halt(0);
    }

    /** The order of the job in this folder. */
    public static RecordFile<JobOrder> order(Path folder) {
        return new RecordFile<>(folder.resolve("order"), ORDERS);
    }

    private static void append(Journal journal, JobEvent event) {
        try {
            journal.append(event);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal; is the disk full?", e);
        }
    }

    private static void hearAgent(BufferedReader in, JobWorlds job) {
        try (in) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(CANCEL)) {
                    job.cancel(line.substring(CANCEL.length()));
                }
            }
        } catch (IOException e) {
            // The same as its end: the agent is gone.
        }
        Runtime.getRuntime().halt(1);
    }
}
