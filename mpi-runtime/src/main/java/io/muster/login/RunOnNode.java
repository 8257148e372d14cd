package io.muster.login;

import io.muster.agent.AgentClient;
import io.muster.agent.Member;
import io.muster.launch.MpiLibrary;
import io.muster.launch.OutputStreamName;
import io.muster.launch.Program;
import io.muster.launch.RandomBytes;
import io.muster.launch.StandardInput;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.RankPlacement;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command on another node through the agent there, in place of {@code ssh}:
 * {@code RunOnNode FOLDER NODE COMMAND}. Its output and exit code are the command's; when this process
 * is asked to end, the command is ended.
 */
public final class RunOnNode {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int NAME_BYTES = 8;
    private static final int FAILED = 255;

    /**
     * Runs {@code COMMAND} as a login on that node would: with its settings, in the home folder, as no rank of a job.
     * Temporary files of the launcher's daemon go with it, and are apart for nodes that share a machine.
     */
    private static final String LOGIN = """
            . ../../../../login/settings
            TMPDIR=$MUSTER_SHARED_FOLDER
            export TMPDIR
            unset MUSTER_RANK MUSTER_SIZE MUSTER_LOCAL_RANK MUSTER_LOCAL_SIZE MUSTER_SHARED_FOLDER
            unset MUSTER_WIREUP_PORT MUSTER_SECRET_FILE
            cd "$HOME" || exit 1
            exec sh -c "$1"
            """;

    private RunOnNode() {}

    /** Blocks until the command has ended, and exits with its code; 255 when it could not be run, as ssh does. */
    public static void main(String[] args) {
        LoginFolder folder = new LoginFolder(Path.of(args[0]));
        int code;
        try {
            code = run(folder, folder.member(args[1]), args[2]);
        } catch (IOException e) {
            System.err.println("muster: cannot run a command on node " + args[1] + ": " + e.getMessage());
            code = FAILED;
        }
        System.exit(code);
    }

    private static int run(LoginFolder folder, Member member, String command) throws IOException {
        String id = "login-" + HexFormat.of().formatHex(RandomBytes.of(NAME_BYTES));
        JobOrder order = new JobOrder(
                id,
                new Program.Command("sh", List.of("-c", LOGIN, "login", command)),
                List.of(new JobNode(member.name(), member.host(), member.port())),
                List.of(new RankPlacement(0, 0)),
                Map.of(),
                List.of(),
                MpiLibrary.MUSTER,
                StandardInput.NOTHING,
                Optional.empty());
        AtomicReference<@Nullable JobOutcome> outcome = new AtomicReference<>();
        try (AgentClient agent =
                AgentClient.connect(member.host(), member.port(), ClusterIdentity.load(folder.keys()), TIMEOUT)) {
            agent.submit(order);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (outcome.get() == null) {
                    cancel(agent, id);
                }
            }));
            agent.follow(id, 0, entry -> hear(entry.event(), outcome));
            agent.remove(id);
        }
        JobOutcome ended = outcome.get();
        return ended == null ? FAILED : ended.exitCode();
    }

    private static void cancel(AgentClient agent, String id) {
        try {
            agent.cancel(id, "its launcher was ended");
        } catch (IOException e) {
            System.err.println("muster: cannot end what runs on the node: " + e.getMessage());
        }
    }

    private static void hear(JobEvent event, AtomicReference<@Nullable JobOutcome> outcome) {
        switch (event) {
            case JobEvent.Output output -> {
                PrintStream to = output.stream() == OutputStreamName.STDOUT ? System.out : System.err;
                to.write(output.bytes(), 0, output.bytes().length);
                to.flush();
            }
            case JobEvent.Ended ended -> outcome.set(ended.outcome());
            case JobEvent.Started _, JobEvent.RankStarted _, JobEvent.RankExited _, JobEvent.NodeLost _ -> {}
        }
    }
}
