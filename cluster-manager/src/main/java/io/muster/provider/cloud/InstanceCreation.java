package io.muster.provider.cloud;

import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.SshAddress;
import io.muster.provider.SshBanner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes the instance of one node and waits until its SSH server answers. Thread-safe. */
final class InstanceCreation {
    private static final int MAX_ATTEMPTS = 5;
    /** Launches at the same time: clouds give each account a few a second. */
    private final Semaphore launches = new Semaphore(8);

    private final String owner;
    private final CloudRegion region;
    private final ClusterPieces pieces;
    private final InstanceCache instanceCache;
    private final InstanceRemoval removal;
    private final Retries retries;
    private final WaitLimits limits;

    InstanceCreation(
            String owner, CloudRegion region, ClusterPieces pieces, InstanceCache instanceCache, WaitLimits limits) {
        this.owner = owner;
        this.region = region;
        this.pieces = pieces;
        this.instanceCache = instanceCache;
        this.retries = new Retries(limits);
        this.removal = new InstanceRemoval(region, retries, limits);
        this.limits = limits;
    }

    /** Creates a node; it runs, or nothing of it is left. */
    NodeOutcome create(NodeRequest request, NodeSource.InCloud source, String image) {
        long start = System.nanoTime();
        try {
            List<Instance> before = ofNode(request, instanceCache.recent());
            Optional<Instance> same = before.stream()
                    .filter(one -> one.isAlive() && NodeTags.match(one, request))
                    .findFirst();
            if (same.isPresent()) {
                removal.remove(
                        before.stream().filter(one -> !one.equals(same.get())).toList());
                return ready(source, same.get(), start);
            }
            if (before.stream().anyMatch(NodeTags::isReady)) {
                return failed(
                        request,
                        FailureKind.EXISTS,
                        "it runs already with other keys, made by another home of Muster; muster down "
                                + request.cluster() + " there, or choose another name");
            }
            removal.remove(before);
            return oneOf(request, source, image, start);
        } catch (InterruptedException e) {
            return undone(request, Creations.cancelled(request.name()));
        } catch (CloudFailure e) {
            return undone(request, failed(request, kind(e), e.said()));
        } catch (RuntimeException e) {
            // A bug, ours or of a library: what was made must not stay because of it.
            return undone(request, failed(request, FailureKind.TRANSIENT, e.toString()));
        }
    }

    /** Tries the sizes in their order until one has room. */
    private NodeOutcome oneOf(NodeRequest request, NodeSource.InCloud source, String image, long start)
            throws CloudFailure, InterruptedException {
        StringBuilder refused = new StringBuilder();
        for (String type : source.types()) {
            try {
                return ready(source, launched(request, source, type, image), start);
            } catch (CloudFailure e) {
                if (e.kind() != CloudFailure.Kind.CAPACITY) {
                    throw e;
                }
                refused.append(refused.isEmpty() ? "" : "; ")
                        .append(type)
                        .append(": ")
                        .append(e.said());
                removal.remove(ofNode(request, instanceCache.now()));
            }
        }
        String seen = source.types().isEmpty() ? "no size is large enough" : "no room for it: " + refused;
        return failed(
                request,
                FailureKind.CAPACITY,
                seen + ". Name more sizes in type:, another zone: or region:, or try again later.");
    }

    private Instance launched(NodeRequest request, NodeSource.InCloud source, String type, String image)
            throws CloudFailure, InterruptedException {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Launch launch = launch(request, source, type, image, attempt);
            String id;
            launches.acquire();
            try {
                id = retries.call(() -> Uninterrupted.call(() -> region.launch(launch)));
            } finally {
                launches.release();
            }
            Optional<Instance> seen = appeared(id);
            if (seen.isPresent() && seen.get().phase() != Instance.Phase.GONE) {
                return seen.get();
            }
            // An earlier life of the node had this token; the cloud answers with what is left of it.
        }
        throw new CloudFailure(
                CloudFailure.Kind.TRANSIENT,
                "the cloud answered " + MAX_ATTEMPTS + " times with an instance that it does not show as running");
    }

    private Launch launch(NodeRequest request, NodeSource.InCloud source, String type, String image, int attempt) {
        String token = NodeTags.hash(String.join(
                "\n",
                owner,
                request.cluster(),
                request.name(),
                request.hostKey().publicKey(),
                type,
                image,
                String.valueOf(source.spot()),
                String.valueOf(source.endsAt()),
                String.valueOf(attempt)));
        return new Launch(
                request.name(),
                token,
                type,
                image,
                FirstBoot.of(request, source.endsAt()),
                NodeTags.ofNode(owner, request, source.cloud().address(), Instant.now()),
                pieces,
                source.cloud(),
                source.diskBytes(),
                source.spot() ? Launch.Billing.SPOT : Launch.Billing.ON_DEMAND);
    }

    /** A cloud may need a moment until it shows what it has just made. */
    private Optional<Instance> appeared(String id) throws CloudFailure, InterruptedException {
        long launched = System.nanoTime();
        long deadline = launched + Duration.ofSeconds(30).toNanos();
        while (true) {
            // An earlier look may have seen parts of it only.
            Optional<Instance> seen = instanceCache.since(launched).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst();
            if (seen.isPresent() || System.nanoTime() - deadline > 0) {
                return seen;
            }
            TimeUnit.NANOSECONDS.sleep(limits.lookAgain().toNanos());
        }
    }

    /** Waits until the instance is a node. */
    private NodeOutcome ready(NodeSource.InCloud source, Instance launched, long start)
            throws CloudFailure, InterruptedException {
        Instance running = running(launched.id());
        Instance node = NodeTags.isReady(running) ? running : made(source, running);
        return new NodeOutcome.Created(NodeTags.node(node), Duration.ofNanos(System.nanoTime() - start));
    }

    /** A node of an instance that has just come to run. */
    private Instance made(NodeSource.InCloud source, Instance running) throws CloudFailure, InterruptedException {
        // Behind a jump host only the manager's own SSH client finds out.
        if (source.cloud().jump().isEmpty()) {
            awaitSsh(running.id(), NodeTags.ssh(running).orElseThrow());
        }
        retries.run(() -> region.tag(running.id(), NodeTags.ready(Instant.now())));
        return tagged(running.id());
    }

    private Instance running(String id) throws CloudFailure, InterruptedException {
        long deadline = System.nanoTime() + limits.running().toNanos();
        String reason = "";
        while (System.nanoTime() - deadline < 0) {
            Optional<Instance> seen = instanceCache.recent(id);
            reason = seen.map(Instance::reason).orElse(reason);
            if (seen.isPresent() && !seen.get().isAlive()) {
                throw ended(seen.get());
            }
            if (seen.isPresent()
                    && seen.get().phase() == Instance.Phase.RUNNING
                    && NodeTags.ssh(seen.get()).isPresent()) {
                return seen.get();
            }
            TimeUnit.NANOSECONDS.sleep(limits.lookAgain().toNanos());
        }
        throw new CloudFailure(
                CloudFailure.Kind.TRANSIENT,
                "instance " + id + " did not run with an address in "
                        + limits.running().toSeconds() + " s" + (reason.isEmpty() ? "" : ": " + reason));
    }

    private static CloudFailure ended(Instance instance) {
        boolean noRoom =
                instance.reason().contains("Capacity") || instance.reason().contains("No valid host");
        return new CloudFailure(
                noRoom ? CloudFailure.Kind.CAPACITY : CloudFailure.Kind.TRANSIENT,
                "instance " + instance.id() + " ended by itself: " + NodeTags.reason(instance));
    }

    private void awaitSsh(String id, SshAddress ssh) throws CloudFailure, InterruptedException {
        long deadline = System.nanoTime() + limits.ssh().toNanos();
        while (!SshBanner.answers(ssh)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CloudFailure(
                        CloudFailure.Kind.TRANSIENT,
                        "instance " + id + " runs, but no SSH server answered at " + ssh + " in "
                                + limits.ssh().toSeconds() + " s. Its image must run cloud-init; this machine must"
                                + " reach that address (network.address, network.jump), and the rules of the network"
                                + " must let it in (" + ManagerAddress.VARIABLE + ")");
            }
            Optional<Instance> seen = instanceCache.recent(id);
            if (seen.isPresent() && !seen.get().isAlive()) {
                throw ended(seen.get());
            }
            TimeUnit.NANOSECONDS.sleep(limits.lookAgain().toNanos());
        }
    }

    /** The instance as every later list shows it. */
    private Instance tagged(String id) throws CloudFailure, InterruptedException {
        long deadline = System.nanoTime() + limits.running().toNanos();
        while (true) {
            Optional<Instance> seen = instanceCache.now().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst();
            if (seen.isPresent() && NodeTags.isReady(seen.get())) {
                return seen.get();
            }
            if (System.nanoTime() - deadline > 0
                    || seen.filter(Instance::isAlive).isEmpty()) {
                throw new CloudFailure(
                        CloudFailure.Kind.TRANSIENT, "instance " + id + " was lost when it was just ready");
            }
            TimeUnit.NANOSECONDS.sleep(limits.lookAgain().toNanos());
        }
    }

    private static List<Instance> ofNode(NodeRequest request, List<Instance> instances) {
        return instances.stream()
                .filter(one -> one.phase() != Instance.Phase.GONE)
                .filter(one -> request.name().equals(one.tags().get(NodeTags.NODE)))
                .toList();
    }

    /** Removes what carries the keys of the request, and no node of somebody else. */
    private NodeOutcome undone(NodeRequest request, NodeOutcome outcome) {
        // The calls of the undoing are interruptible themselves; the interrupt is answered by the outcome.
        boolean interrupted = Thread.interrupted();
        try {
            removal.remove(ofNode(request, instanceCache.now()).stream()
                    .filter(one -> NodeTags.match(one, request))
                    .toList());
        } catch (CloudFailure e) {
            // It stays listed by its tags: the next up removes it, and so does down.
            return outcome;
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return outcome;
    }

    static NodeOutcome.Failed failed(NodeRequest request, FailureKind kind, String seen) {
        return new NodeOutcome.Failed(
                request.name(), kind, "node " + request.name() + " of cluster " + request.cluster() + ": " + seen);
    }

    static FailureKind kind(CloudFailure failure) {
        return switch (failure.kind()) {
            case CAPACITY -> FailureKind.CAPACITY;
            case THROTTLED, TRANSIENT, IN_USE, EXISTS -> FailureKind.TRANSIENT;
            case NOT_FOUND, PERMANENT -> FailureKind.PERMANENT;
        };
    }
}
