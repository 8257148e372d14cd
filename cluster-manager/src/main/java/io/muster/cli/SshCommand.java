package io.muster.cli;

import io.muster.api.MusterException;
import io.muster.api.SshAccess;
import io.muster.cli.document.Json;
import io.muster.cli.document.SshDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "ssh",
        header = "Log in to a node, or run one command there, with the real ssh client.",
        customSynopsis = "muster ssh CLUSTER [NODE] [-- COMMAND...]",
        description = "The exit code is that of ssh. With --output json, shows how to log in instead.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster ssh heat", "  muster ssh heat heat-2", "  muster ssh heat heat-2 -- df -h"})
final class SshCommand implements Callable<Integer> {
    private static final String END_OF_OPTIONS = "--";

    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CLUSTER [NODE]",
            description = "The cluster, and its node; the head node when left out. After --: the command.")
    private List<String> words = new ArrayList<>();

    SshCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> all = spec.root().commandLine().getParseResult().originalArgs();
        int end = all.indexOf(END_OF_OPTIONS);
        int commandWords = end < 0 ? 0 : all.size() - end - 1;
        List<String> target = words.subList(0, words.size() - commandWords);
        List<String> command = words.subList(words.size() - commandWords, words.size());
        if (target.isEmpty() || target.size() > 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    target.isEmpty()
                            ? "Missing cluster before --"
                            : "A command for the node stands after --, as in: muster ssh " + corrected(target));
        }
        SshAccess access = session.api()
                .ssh(target.getFirst(), target.size() == 2 ? Optional.of(target.getLast()) : Optional.empty());
        if (session.format() == OutputFormat.JSON) {
            session.screen().print(Json.document(SshDocument.of(access)));
            return ExitCode.DONE;
        }
        return execute(access, line(access, command));
    }

    /**
     * Whoever logs in for a shell gets the one of a login, and then the settings, as {@code /etc/profile} sets
     * {@code PATH} anew.
     */
    private static List<String> line(SshAccess access, List<String> command) {
        List<String> line = new ArrayList<>(access.command());
        if (access.settings().isEmpty()) {
            line.addAll(command);
        } else if (command.isEmpty()) {
            line.addAll(1, List.of("-t", "-o", "LogLevel=ERROR"));
            line.add(". /etc/profile; " + access.settings() + "; exec \"${SHELL:-/bin/sh}\"");
        } else {
            line.add(access.settings() + ";");
            line.addAll(command);
        }
        return line;
    }

    /** The words as they were probably meant: nodes are named after their cluster. */
    private static String corrected(List<String> target) {
        int names = target.get(1).startsWith(target.getFirst() + "-") ? 2 : 1;
        return String.join(" ", target.subList(0, names)) + " -- "
                + String.join(" ", target.subList(names, target.size()));
    }

    private int execute(SshAccess access, List<String> line) {
        // Ctrl-C belongs to the shell at the other end.
        session.interrupts().ignore();
        try {
            return new ProcessBuilder(line).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "the ssh client could not be started",
                    "node " + access.node(),
                    String.valueOf(e.getMessage()),
                    installHint() + "; any client can use " + access.config(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static String installHint() {
        if (Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return "apt-get install openssh-client";
        }
        return Files.isExecutable(Path.of("/usr/bin/dnf"))
                ? "dnf install openssh-clients"
                : "install the OpenSSH client with your package manager";
    }
}
