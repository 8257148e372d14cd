package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpirun.Mpirun;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks that are processes, on this machine, over both transports. */
@Timeout(120)
final class RanksIT {
    @ParameterizedTest
    @CsvSource({"2, shm", "4, shm", "8, shm", "2, tcp", "4, tcp", "8, tcp"})
    void more_ranks_than_cores_do_their_work(int ranks, String transport) {
        Ended ended = run(ranks, transport, "work");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines().filter(line -> line.endsWith("is content")))
                .hasSize(ranks);
    }

    @ParameterizedTest
    @CsvSource({"2, shm", "5, shm", "2, tcp", "5, tcp"})
    void processes_communicate_in_all_modes(int ranks, String transport) {
        Ended ended = run(ranks, transport, "modes");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines().filter(line -> line.endsWith("is content")))
                .hasSize(ranks);
    }

    @ParameterizedTest
    @CsvSource({"1, shm", "4, shm", "2, tcp", "4, tcp"})
    void processes_count_in_windows(int ranks, String transport) {
        Ended ended = run(ranks, transport, "windows");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines().filter(line -> line.endsWith("is content")))
                .hasSize(ranks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "tcp"})
    void a_rank_that_dies_ends_the_job_with_its_code_and_is_named(String transport) {
        Ended ended = run(3, transport, "die", "7");
        assertThat(ended.code).as(ended.toString()).isEqualTo(7);
        assertThat(ended.err).contains("rank 1 on localhost: exit code 7");
        assertThat(ended.err).as("what the others say").contains("rank 1 is lost: exit code 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "tcp"})
    void an_exception_that_nobody_catches_ends_the_job_with_1(String transport) {
        Ended ended = run(3, transport, "throw");
        assertThat(ended.code).as(ended.toString()).isEqualTo(1);
        assertThat(ended.err).contains("nobody catches this");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "tcp"})
    void abort_ends_the_job_with_its_code(String transport) {
        Ended ended = run(3, transport, "abort");
        assertThat(ended.code).as(ended.toString()).isEqualTo(5);
        assertThat(ended.err).contains("aborted with code 5");
    }

    private record Ended(int code, String out, String err) {}

    private static Ended run(int ranks, String transport, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> line = Stream.concat(
                        Stream.of(
                                "-n",
                                String.valueOf(ranks),
                                "--transport",
                                transport,
                                "--cp",
                                System.getProperty("java.class.path"),
                                RankProgram.class.getName()),
                        Stream.of(arguments))
                .toList();
        int code = Mpirun.main(line, out, err);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
