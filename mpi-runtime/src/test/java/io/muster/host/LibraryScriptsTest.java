package io.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.MpiLibrary;
import io.muster.launch.ProcessMark;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LibraryScriptsTest {
    @TempDir
    Path folder;

    private static RankHostOrder order(MpiLibrary library) {
        return new RankHostOrder(
                "job",
                new Program.Command("true", List.of()),
                List.of(0, 1),
                3,
                0,
                2,
                "a",
                "127.0.0.1",
                Map.of(),
                List.of(),
                library,
                List.of(new LaunchHost("a", 2), new LaunchHost("b", 1)),
                new StandardInput.Empty(),
                new byte[32],
                Optional.empty());
    }

    private static void assertShellReads(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("/bin/sh", "-n").redirectErrorStream(true).start();
        shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = MpiLibrary.Kind.class,
            names = {"OPEN_MPI", "MPICH"})
    void a_shell_can_read_every_script(MpiLibrary.Kind kind) throws IOException, InterruptedException {
        MpiLibrary library = new MpiLibrary(kind, Optional.of("/opt/it's"), List.of("mpi/one"));
        RankHostOrder order = order(library);
        assertShellReads(LibraryScripts.setup(library));
        assertShellReads(LibraryScripts.launcher(library));
        assertShellReads(LibraryScripts.launcher(new MpiLibrary(library.kind(), Optional.of("~/a"), List.of("b"))));
        assertShellReads(LibraryScripts.launch(order, Path.of("/tmp/it's")));
        assertShellReads(LibraryScripts.spawn());
        assertShellReads(LibraryScripts.agent(Path.of("/dev/shm/a b")));
        assertShellReads(LibraryScripts.rank(order, new ProcessMark("M", "1")));
        assertShellReads(LibraryScripts.program(
                List.of("it's", "$HOME", ""), Path.of("/tmp/a b"), new StandardInput.OfFile("it's")));
    }

    @Test
    void a_host_file_says_how_many_ranks_each_node_has() {
        assertThat(LibraryScripts.hosts(order(MpiLibrary.of(MpiLibrary.Kind.OPEN_MPI))))
                .isEqualTo("a slots=2\nb slots=1\n");
        assertThat(LibraryScripts.hosts(order(MpiLibrary.of(MpiLibrary.Kind.MPICH))))
                .isEqualTo("a:2\nb:1\n");
    }

    @Test
    void arguments_of_a_program_are_passed_as_they_are() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("events"), "");
        List<String> words = List.of("printf", "%s|", "it's", "$HOME", "a  b", "\"", "\\", "");
        Path script = Files.writeString(
                folder.resolve("program"), LibraryScripts.program(words, folder, new StandardInput.Empty()));
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
        builder.environment().putAll(Map.of("MUSTER_SHARED_FOLDER", folder.toString(), "MUSTER_RANK", "0"));
        Process shell = builder.start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(said).isEqualTo("it's|$HOME|a  b|\"|\\||");
    }

    @Test
    void the_network_of_this_machine_is_the_loopback() {
        assertThat(LibraryScripts.network("127.0.0.1")).contains("127.0.0.0/8");
        assertThat(LibraryScripts.network("192.0.2.77")).isEmpty();
    }
}
