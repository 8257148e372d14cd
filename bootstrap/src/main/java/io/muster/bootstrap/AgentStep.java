package io.muster.bootstrap;

import io.muster.agent.AgentDescription;
import io.muster.agent.Member;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Has the agent of this bundle running: leaves the right one alone, replaces another, starts a missing one. */
final class AgentStep {
    /** See its first lines. */
    static final Script AGENT = Script.of(AgentStep.class, "agent.sh");

    /** What the script has less than the step, so that it gives up first and says what the agent logged. */
    private static final Duration TO_TELL = Duration.ofSeconds(10);

    private final SshSession session;
    private final NodeTarget node;
    private final AgentCommand command;
    private final ClusterIdentity identity;

    AgentStep(SshSession session, NodeTarget node, AgentCommand command, ClusterIdentity identity) {
        this.session = session;
        this.node = node;
        this.command = command;
        this.identity = identity;
    }

    /**
     * What came of it.
     *
     * @param port that the agent listens on
     * @param link that reaches it, through the session of the step
     * @param members whom it knows
     * @param result whether it had to be started
     */
    record Running(int port, AgentLink link, List<Member> members, StepResult result) {}

    Running ensure(Duration deadline) throws StepFailure, SshException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        Started found = script("keep", deadline);
        try {
            return answer(found);
        } catch (IOException silent) {
            if (found.fresh()) {
                throw failure("started with pid " + found.pid() + " but does not answer: " + silent.getMessage());
            }
        }
        Started again = script("replace", Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        try {
            return answer(again);
        } catch (IOException silent) {
            throw failure("was replaced (pid " + again.pid() + ") but does not answer: " + silent.getMessage());
        }
    }

    /** Asks twice: a machine on which a hundred agents start at once may let the first call wait too long. */
    private Running answer(Started agent) throws IOException {
        try {
            return ask(agent);
        } catch (IOException silent) {
            return ask(agent);
        }
    }

    private Running ask(Started agent) throws IOException {
        AgentLink link = AgentLink.through(session, node.privateAddress(), agent.port(), identity);
        boolean done = false;
        try {
            AgentDescription description = link.agent().describe();
            String seen = "pid " + description.pid() + ", port " + description.port();
            StepResult result = agent.fresh() ? StepResult.changed(seen) : StepResult.unchanged(seen);
            done = true;
            return new Running(agent.port(), link, description.members(), result);
        } finally {
            if (!done) {
                link.agent().close();
            }
        }
    }

    private Started script(String how, Duration deadline) throws StepFailure, SshException, InterruptedException {
        long seconds = deadline.minus(min(TO_TELL, deadline.dividedBy(3))).toSeconds();
        CommandResult result = session.run(AGENT.command(command.arguments(node, how, seconds)), deadline);
        String[] words = result.stdout().strip().split(" ");
        if (!result.succeeded() || words.length != 3) {
            throw failure("did not start (exit " + result.exit() + "): " + (result.stdout() + result.stderr()).strip());
        }
        return new Started(words[0].equals("started"), words[1], Integer.parseInt(words[2]));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private StepFailure failure(String what) {
        return new StepFailure(
                node.ssh(),
                "the agent " + what + ". Next step: look at ~/.muster/node/agent/ there; running the same command again"
                        + " starts it anew.");
    }

    private record Started(boolean fresh, String pid, int port) {}
}
