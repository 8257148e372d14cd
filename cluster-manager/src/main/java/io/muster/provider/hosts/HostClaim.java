package io.muster.provider.hosts;

import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.NodeState;
import io.muster.provider.ProviderException;
import io.muster.spec.HostSpec;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** Takes one machine for one node: remembered first, then marked there, then pinned. */
final class HostClaim {
    private static final int MARK_BYTES = 16;

    private final HostsNodeProvider provider;
    private final HostRegistry registry;
    private final String owner;

    HostClaim(HostsNodeProvider provider, HostRegistry registry, String owner) {
        this.provider = provider;
        this.registry = registry;
        this.owner = owner;
    }

    /** Returns when the machine is taken, or is not and nothing of the attempt is left. */
    NodeOutcome make(NodeRequest request) {
        long start = System.nanoTime();
        if (!(request.source() instanceof NodeSource.OnHost(HostSpec host))) {
            return failed(
                    request,
                    FailureKind.PERMANENT,
                    "no machine is named for it. Next step: list the machines in the sizing file: nodes: {hosts: […]}");
        }
        try {
            Optional<HostEntry> before = registry.read(request.cluster(), request.name());
            if (before.isPresent() && !isSame(before.get().host(), host)) {
                return failed(
                        request,
                        FailureKind.EXISTS,
                        "it stands on host " + before.get().host().address() + ", and the sizing file now names "
                                + host.address() + " for it. Next step: muster down " + request.cluster()
                                + ", then up again");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            HostEntry entry = before.map(known -> known.asked(request, host))
                    .orElseGet(
                            () -> HostEntry.intent(request, host, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
            registry.write(entry);
            return claim(request, entry, before.isPresent(), start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Creations.cancelled(request.name());
        } catch (ProviderException | IOException e) {
            return failed(request, FailureKind.PERMANENT, String.valueOf(e.getMessage()));
        }
    }

    private NodeOutcome claim(NodeRequest request, HostEntry entry, boolean wasThere, long start)
            throws IOException, InterruptedException {
        boolean reached = false;
        try (SshSession session = provider.open(entry)) {
            reached = true;
            HostMarker marker = HostScripts.claim(session, request, owner, randomMark(), entry.createdAt());
            String hostKey = session.target().hostKey();
            if (marker.result().equals("taken")) {
                return taken(request, entry, wasThere, session, marker);
            }
            Optional<String> address = PrivateAddress.choose(session.target().host(), marker);
            if (address.isEmpty()) {
                provider.release(entry);
                return failed(request, FailureKind.PERMANENT, "it has no address that other machines could reach");
            }
            HostEntry done = entry.access().isPresent() && wasThere
                    ? entry
                    : entry.reached(
                            new HostAccess(session.target(), address.get()), marker.createdAt(entry.createdAt()));
            registry.write(done);
            HostAccess access = done.access().orElseThrow(() -> new IllegalStateException("pinned " + hostKey));
            return new NodeOutcome.Created(
                    HostsNodeProvider.node(done, new NodeState.Running(access.ssh(), access.address())),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException e) {
            if (!wasThere) {
                undo(entry, reached);
            }
            throw e;
        } catch (IOException e) {
            if (!wasThere) {
                undo(entry, reached);
            }
            return failed(request, kind(e), String.valueOf(e.getMessage()));
        }
    }

    /** A machine of this very node whose keys are lost is remembered again, so that it can be given back. */
    private NodeOutcome taken(
            NodeRequest request, HostEntry entry, boolean wasThere, SshSession session, HostMarker marker)
            throws IOException {
        String reason = marker.refusal(request, owner, session.target().hostKey());
        boolean ours = marker.isOf(request.cluster(), request.name(), owner)
                && marker.tag("hostkey").equals(session.target().hostKey());
        if (ours) {
            String address = PrivateAddress.choose(session.target().host(), marker)
                    .orElse(session.target().host());
            registry.write(
                    entry.access().isPresent()
                            ? entry
                            : entry.reached(
                                    new HostAccess(session.target(), address), marker.createdAt(entry.createdAt())));
        } else if (!wasThere) {
            registry.remove(entry.cluster(), entry.node());
        }
        return failed(request, ours ? FailureKind.EXISTS : FailureKind.PERMANENT, reason);
    }

    private void undo(HostEntry entry, boolean reached) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            if (reached) {
                // What cannot be given back stays remembered.
                provider.release(entry);
            } else {
                registry.remove(entry.cluster(), entry.node());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FailureKind kind(IOException e) {
        return e instanceof SshException ssh
                ? switch (ssh.kind()) {
                    case UNREACHABLE, TIMED_OUT, LOST -> FailureKind.TRANSIENT;
                    case WRONG_HOST_KEY, KEY_REFUSED -> FailureKind.PERMANENT;
                }
                : FailureKind.PERMANENT;
    }

    private static boolean isSame(HostSpec a, HostSpec b) {
        return a.address().equals(b.address())
                && a.port().equals(b.port())
                && a.user().equals(b.user());
    }

    private static String randomMark() {
        byte[] bytes = new byte[MARK_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Failed failed(NodeRequest request, FailureKind kind, String seen) {
        String start = "node " + request.name();
        return new Failed(request.name(), kind, seen.startsWith(start) ? seen : start + ": " + seen);
    }
}
