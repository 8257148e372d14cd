package io.muster.login;

import io.muster.agent.Member;
import io.muster.launch.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of a node for logins, below {@code .muster/node}: {@code login/settings}, which a shell reads,
 * {@code login/bin} with {@code mpirun}, {@code login/launch-agent}, which a launcher calls, and {@code login/members}.
 *
 * @param node the folder {@code .muster/node}
 */
record LoginFolder(Path node) {
    private static final String SETTINGS = "settings";
    private static final String AGENT = "launch-agent";

    Path settings() {
        return folder().resolve(SETTINGS);
    }

    Path launchAgent() {
        return folder().resolve(AGENT);
    }

    /** Folder with the cluster's certificate and key. */
    Path keys() {
        return node.resolve("keys");
    }

    Path commands() {
        return folder().resolve("bin");
    }

    void write(String settings, String launcher, String launchAgent, List<Member> members) throws IOException {
        Files.createDirectories(commands());
        DurableFile.write(
                folder().resolve("members"),
                members.stream()
                        .map(member -> member.name() + " " + member.host() + " " + member.port() + " " + member.slots())
                        .collect(Collectors.joining("\n", "", "\n"))
                        .getBytes(StandardCharsets.UTF_8));
        writeScript(launchAgent(), launchAgent);
        writeScript(commands().resolve("mpirun"), launcher);
        writeScript(commands().resolve("mpiexec"), launcher);
        // Last: who reads it finds all of it.
        DurableFile.write(settings(), settings.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeScript(Path file, String script) throws IOException {
        DurableFile.write(file, script.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** The member of this name. */
    Member member(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve("members"));
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words.length == 4 && words[0].equals(name)) {
                return new Member(name, words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            }
        }
        throw new IOException("the cluster has no node " + name + "; it has "
                + lines.stream().map(line -> line.split(" ", 2)[0]).collect(Collectors.joining(", ")));
    }

    private Path folder() {
        return node.resolve("login");
    }
}
