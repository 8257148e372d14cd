package io.muster.provider.cloud;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Ends instances and waits until they are gone; removes what clusters had beside them. Thread-safe. */
final class InstanceRemoval {
    private final CloudRegion region;
    private final Retries retries;
    private final WaitLimits limits;

    InstanceRemoval(CloudRegion region, Retries retries, WaitLimits limits) {
        this.region = region;
        this.retries = retries;
        this.limits = limits;
    }

    /**
     * Ends these and waits until they are gone or the time for that is over; what is still there is seen by listing.
     *
     * @throws InterruptedException when interrupted before they are gone; that they are to end is said by then
     */
    void remove(List<Instance> instances) throws CloudFailure, InterruptedException {
        List<Instance> there = instances.stream()
                .filter(one -> one.phase() != Instance.Phase.GONE)
                .toList();
        if (there.isEmpty()) {
            return;
        }
        Set<String> ids = there.stream().map(Instance::id).collect(Collectors.toSet());
        retries.run(() -> region.terminate(ids));
        Map<String, String> tags = common(there);
        long deadline = System.nanoTime() + limits.gone().toNanos();
        while (System.nanoTime() - deadline < 0) {
            boolean left = retries.call(() -> region.instances(tags)).stream()
                    .anyMatch(one -> ids.contains(one.id()) && one.phase() != Instance.Phase.GONE);
            if (!left) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(limits.lookAgain().toNanos());
        }
    }

    /** The tags to list them by: of their owner at least. */
    private static Map<String, String> common(List<Instance> instances) {
        Map<String, String> first = instances.getFirst().tags();
        return first.entrySet().stream()
                .filter(tag ->
                        tag.getKey().equals(NodeTags.OWNER) || tag.getKey().equals(NodeTags.CLUSTER))
                .filter(tag -> instances.stream()
                        .allMatch(one -> tag.getValue().equals(one.tags().get(tag.getKey()))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Removes a piece, waiting while something that is just ending still uses it. */
    void remove(Piece piece) throws CloudFailure, InterruptedException {
        long deadline = System.nanoTime() + limits.gone().toNanos();
        while (true) {
            try {
                retries.run(() -> region.remove(piece));
                return;
            } catch (CloudFailure e) {
                if (e.kind() == CloudFailure.Kind.NOT_FOUND) {
                    return;
                }
                if (e.kind() != CloudFailure.Kind.IN_USE || System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            TimeUnit.NANOSECONDS.sleep(limits.lookAgain().toNanos());
        }
    }
}
