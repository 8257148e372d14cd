package io.muster.bootstrap;

import io.muster.bootstrap.bundle.Platform;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a node what it is, in one round trip, and refuses what the bundle cannot run on. */
final class LookStep {
    private static final Script LOOK = Script.of(LookStep.class, "look.sh");

    private final SshSession session;
    private final Platform needed;

    LookStep(SshSession session, Platform needed) {
        this.session = session;
        this.needed = needed;
    }

    NodeFacts look(Duration deadline) throws StepFailure, SshException, InterruptedException {
        long before = System.currentTimeMillis();
        CommandResult result = session.run(LOOK.command(needed.interpreter()), deadline);
        long middleMs = (before + System.currentTimeMillis()) / 2;
        if (!result.succeeded()) {
            throw new StepFailure(
                    session.target(),
                    "its shell cannot look around (exit " + result.exit() + ": "
                            + result.stderr().strip()
                            + "). Next step: log in and check that the home folder is there and writable, and that"
                            + " /bin/sh is a POSIX shell.");
        }
        Map<String, List<String>> facts = result.stdout()
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.groupingBy(
                        words -> words[0], Collectors.mapping(words -> words[words.length - 1], Collectors.toList())));
        refuse(facts);
        return new NodeFacts(
                text(facts, "machine"),
                text(facts, "kernel"),
                (int) number(facts, "cores"),
                number(facts, "memory") * 1024,
                number(facts, "disk") * 1024,
                number(facts, "shared") * 1024,
                number(facts, "clock") - middleMs / 1000,
                (int) number(facts, "uid"),
                facts.containsKey("sudo"));
    }

    private void refuse(Map<String, List<String>> facts) throws StepFailure {
        if (!text(facts, "system").equals("Linux")) {
            throw new StepFailure(
                    session.target(), "runs " + text(facts, "system") + ". Next step: use Linux nodes only.");
        }
        if (!text(facts, "machine").equals(needed.machine())) {
            throw new StepFailure(
                    session.target(),
                    "its processor is " + text(facts, "machine") + ", the bundle is for " + needed.machine()
                            + ". Next step: choose a machine type with " + needed.machine()
                            + ", or an image of Muster for "
                            + text(facts, "machine") + ".");
        }
        if (text(facts, "loader").equals("no")) {
            throw new StepFailure(
                    session.target(),
                    "has no " + needed.interpreter() + ", which the bundle's Java needs: another C library. Next step:"
                            + " choose an operating system with glibc, such as debian-12, or another runtime image.");
        }
        if (facts.containsKey("missing")) {
            throw new StepFailure(
                    session.target(),
                    "lacks " + String.join(", ", facts.getOrDefault("missing", List.of()))
                            + ". Next step: install coreutils, findutils and grep, or busybox.");
        }
    }

    private static String text(Map<String, List<String>> facts, String name) {
        return facts.getOrDefault(name, List.of("unknown")).getFirst();
    }

    private static long number(Map<String, List<String>> facts, String name) {
        String text = text(facts, name);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
