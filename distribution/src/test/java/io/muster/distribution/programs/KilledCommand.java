package io.muster.distribution.programs;

import io.muster.api.Progress;
import io.muster.cluster.MusterHome;
import io.muster.embedded.EmbeddedMuster;
import io.muster.spec.ClusterSpec;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The manager, which dies at a step: arguments are {@code up} or {@code down}, the home, a cluster of one node and the
 * number of the progress event at which the process is halted, as {@code kill -9} would. Exits with 0 when there are
 * fewer.
 */
public final class KilledCommand {
    static final int HALTED = 137;

    private KilledCommand() {}

    public static void main(String[] args) {
        AtomicInteger left = new AtomicInteger(Integer.parseInt(args[3]));
        try (EmbeddedMuster muster = EmbeddedMuster.open(new MusterHome(Path.of(args[1])))) {
            if (args[0].equals("up")) {
                muster.up(ClusterSpec.local(args[2], 1), event -> countDown(left, event));
            } else {
                muster.down(args[2], event -> countDown(left, event));
            }
        }
    }

    private static void countDown(AtomicInteger left, Progress event) {
        if (left.decrementAndGet() == 0) {
            System.err.println("halted at " + event);
            System.err.flush();
            Runtime.getRuntime().halt(HALTED);
        }
    }
}
