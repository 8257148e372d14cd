package io.muster.provider.hosts;

import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.bootstrap.ssh.StreamWriter;
import io.muster.provider.NodeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** What runs on a machine: takes it, looks at it, gives it back. All of it for a POSIX shell; no secret in it. */
final class HostScripts {
    private static final Script CLAIM = Script.of(HostScripts.class, "marker.sh", "claim.sh");
    private static final Script INSPECT = Script.of(HostScripts.class, "marker.sh", "inspect.sh");
    private static final Script RELEASE = Script.of(HostScripts.class, "marker.sh", "release.sh");
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(90);

    private HostScripts() {}

    /** Takes the machine, or says who has it. */
    static HostMarker claim(SshSession session, NodeRequest request, String owner, String mark, Instant now)
            throws IOException, InterruptedException {
        String command = CLAIM.command(
                request.cluster(),
                request.name(),
                Integer.toString(request.index()),
                Integer.toString(request.slots()),
                owner,
                authorizedLine(request),
                session.target().hostKey(),
                now.toString(),
                mark,
                session.target().host());
        byte[] release = (RELEASE.text() + "\n").getBytes(StandardCharsets.UTF_8);
        return marker(session, session.stream(command, StreamWriter.of(release), SHORT));
    }

    static HostMarker inspect(SshSession session) throws IOException, InterruptedException {
        return marker(session, session.run(INSPECT.command(), SHORT));
    }

    /** Gives the machine back if it is this node's. */
    static HostMarker release(SshSession session, HostEntry entry, String owner)
            throws IOException, InterruptedException {
        return marker(session, session.run(RELEASE.command(entry.cluster(), entry.node(), owner), LONG));
    }

    /** The line as the bootstrap writes it, so that it stands there once. */
    static String authorizedLine(NodeRequest request) {
        String[] words = request.authorizedKey().split("\\s+");
        return words[0] + " " + words[1] + " muster-" + request.cluster();
    }

    private static HostMarker marker(SshSession session, CommandResult result) throws IOException {
        if (!result.succeeded()) {
            throw new IOException(session.target() + ": its shell failed (exit " + result.exit() + "): "
                    + (result.stderr() + result.stdout()).strip()
                    + ". Next step: log in, and check that the home folder is there and writable.");
        }
        return HostMarker.parse(result.stdout());
    }
}
