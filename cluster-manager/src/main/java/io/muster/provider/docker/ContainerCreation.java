package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshBanner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes the container of one node and waits until its SSH server answers. */
final class ContainerCreation {
    private static final Duration READY_DEADLINE = Duration.ofSeconds(90);
    private static final long LOOK_AGAIN_MS = 100;
    private static final long NANOS_A_CORE = 1_000_000_000L;
    /** Ranks of a node share memory there; it is a bound, not a reservation. The engine's default is 64 MiB. */
    private static final long SHARED_MEMORY_BYTES = 2L << 30;

    private static final String KEY_FOLDER = "/etc/muster";

    private final DockerEngine.Connection engine;
    private final String owner;
    private final ContainerList containers;
    private final ContainerRemoval removal;

    ContainerCreation(DockerEngine.Connection engine, String owner) {
        this.engine = engine;
        this.owner = owner;
        this.containers = new ContainerList(engine, owner);
        this.removal = new ContainerRemoval(engine.client(), containers);
    }

    /** Creates a node; it runs, or nothing of it is left. */
    NodeOutcome create(NodeRequest request, String image, String network) {
        long start = System.nanoTime();
        try {
            Optional<ContainerList.Found> before = containers.node(request.cluster(), request.name());
            if (before.isPresent() && before.get().node().isRunning()) {
                return NodeLabels.match(before.get().labels(), request)
                        ? created(before.get().node(), start)
                        : exists(request);
            }
            if (before.isPresent()) {
                removal.remove(before.get().id());
            }
            return start(request, make(request, image, network), start);
        } catch (InterruptedException e) {
            return undone(request, Creations.cancelled(request.name()));
        } catch (ConflictException e) {
            // Its name is taken by a container without our labels, or one that somebody makes right now.
            return failed(request, FailureKind.TRANSIENT, String.valueOf(e.getMessage()));
        } catch (BadRequestException | NotFoundException e) {
            return undone(request, failed(request, FailureKind.PERMANENT, String.valueOf(e.getMessage())));
        } catch (DockerException e) {
            return undone(request, failed(request, FailureKind.TRANSIENT, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return undone(request, Creations.cancelled(request.name()));
            }
            // The transport's own exceptions have no common type: the engine is gone, or its answer is not readable.
            return undone(request, failed(request, FailureKind.TRANSIENT, e.toString()));
        }
    }

    /** The container with its labels and keys, not started; returns its id. */
    String make(NodeRequest request, String image, String network) throws InterruptedException {
        refuseInterrupted();
        ExposedPort ssh = ExposedPort.tcp(ContainerList.SSH_PORT);
        HostConfig limits = HostConfig.newHostConfig()
                .withInit(true)
                .withNanoCPUs(Math.min(request.cores(), engine.cores()) * NANOS_A_CORE)
                .withShmSize(SHARED_MEMORY_BYTES)
                .withNetworkMode(network)
                .withPortBindings(new PortBinding(Ports.Binding.bindIp(engine.local() ? "127.0.0.1" : "0.0.0.0"), ssh));
        if (request.memoryBytes() > 0) {
            limits.withMemory(request.memoryBytes()).withMemorySwap(request.memoryBytes());
        }
        DockerClient client = engine.client();
        String id = client.createContainerCmd(image)
                .withName("muster-" + owner + "-" + request.cluster() + "." + request.name())
                .withHostName(request.name())
                .withLabels(NodeLabels.ofNode(owner, request, Instant.now()))
                .withExposedPorts(ssh)
                .withHostConfig(limits)
                .exec()
                .getId();
        Map<String, byte[]> keys = Map.of(
                "ssh_host_key", request.hostKey().privateKey().getBytes(StandardCharsets.US_ASCII),
                "authorized_keys", (request.authorizedKey() + "\n").getBytes(StandardCharsets.UTF_8));
        client.copyArchiveToContainerCmd(id)
                .withRemotePath(KEY_FOLDER)
                .withTarInputStream(new ByteArrayInputStream(TarBytes.of(keys, TarBytes.OWNER_ONLY)))
                .exec();
        return id;
    }

    private NodeOutcome start(NodeRequest request, String id, long start) throws InterruptedException {
        refuseInterrupted();
        engine.client().startContainerCmd(id).exec();
        long deadline = System.nanoTime() + READY_DEADLINE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<ProvidedNode> node =
                    containers.node(request.cluster(), request.name()).map(ContainerList.Found::node);
            if (node.isEmpty() || node.get().state() instanceof NodeState.Stopped) {
                String seen = node.map(there -> ((NodeState.Stopped) there.state()).reason())
                        .orElse("its container was removed by somebody else");
                return undone(request, failed(request, FailureKind.PERMANENT, seen + said(id)));
            }
            if (node.get().ssh().filter(SshBanner::answers).isPresent()) {
                return created(node.get(), start);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return undone(
                request,
                failed(
                        request,
                        FailureKind.TRANSIENT,
                        "its SSH server did not answer in " + READY_DEADLINE.toSeconds() + " s" + said(id)));
    }

    private static NodeOutcome created(ProvidedNode node, long start) {
        return new NodeOutcome.Created(node, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Failed exists(NodeRequest request) {
        return failed(
                request,
                FailureKind.EXISTS,
                "it runs already with other keys, made by another home of Muster; muster down " + request.cluster()
                        + " there, or choose another name");
    }

    private static Failed failed(NodeRequest request, FailureKind kind, String seen) {
        return new Failed(
                request.name(), kind, "node " + request.name() + " of cluster " + request.cluster() + ": " + seen);
    }

    /** What the container printed last, for the message. */
    private String said(String id) {
        String text = ContainerLogTail.of(engine.client(), id);
        return text.isEmpty() ? "" : "; it said: " + text;
    }

    private NodeOutcome undone(NodeRequest request, NodeOutcome outcome) {
        // The engine's client gives up at once on an interrupted thread; the interrupt is answered by the outcome.
        boolean interrupted = Thread.interrupted();
        try {
            containers
                    .node(request.cluster(), request.name())
                    .filter(found -> NodeLabels.match(found.labels(), request))
                    .ifPresent(found -> removal.remove(found.id()));
        } catch (RuntimeException e) {
            // It stays listed by its labels: the next up removes it, and so does down.
            return outcome;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return outcome;
    }

    private static void refuseInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
