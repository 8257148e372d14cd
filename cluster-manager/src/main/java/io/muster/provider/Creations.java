package io.muster.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The creation of many nodes at once, as every provider does it. */
public final class Creations {
    private Creations() {}

    /**
     * Has {@code work} make every node, each on a thread of its own, and waits for all.
     *
     * @param work makes one node or undoes it; when it is interrupted, it undoes and answers {@link #cancelled}
     * @return the outcomes in the order of the requests, as {@link NodeProvider#create} promises them
     * @throws IllegalArgumentException when two requests have the same cluster and name
     */
    public static List<NodeOutcome> allAtOnce(List<NodeRequest> requests, Function<NodeRequest, NodeOutcome> work) {
        Set<String> names = new HashSet<>();
        for (NodeRequest request : requests) {
            if (!names.add(request.cluster() + "/" + request.name())) {
                throw new IllegalArgumentException(
                        "node " + request.name() + " of cluster " + request.cluster() + " is asked for twice");
            }
        }
        List<NodeOutcome> outcomes = new ArrayList<>();
        boolean interrupted = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<NodeOutcome>> running = requests.stream()
                    .map(request -> threads.submit(() -> work.apply(request)))
                    .toList();
            for (int i = 0; i < running.size(); i++) {
                Future<NodeOutcome> one = running.get(i);
                String node = requests.get(i).name();
                while (true) {
                    try {
                        outcomes.add(one.get());
                        break;
                    } catch (InterruptedException e) {
                        // each undoes its own node and then answers
                        interrupted = true;
                        threads.shutdownNow();
                    } catch (ExecutionException | CancellationException e) {
                        outcomes.add(new NodeOutcome.Failed(node, FailureKind.TRANSIENT, "node " + node + ": " + e));
                        break;
                    }
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcomes;
    }

    /** The outcome of a node that an interrupt undid. */
    public static NodeOutcome cancelled(String node) {
        return new NodeOutcome.Failed(
                node, FailureKind.CANCELLED, "node " + node + ": interrupted before it was ready; it was removed");
    }
}
