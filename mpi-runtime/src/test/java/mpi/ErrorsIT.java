package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpirun.Mpirun;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Error handlers, and calls before Init and after Finalize, in processes (MPI 4.1, 9.3 and 11.2). */
@Timeout(120)
final class ErrorsIT {
    @TempDir
    static Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"outside", "default", "return", "mpiJava", "other"})
    void errors_throw(String scenario) {
        Ended ended = run(scenario);
        assertThat(ended.code).as(ended.toString()).isZero();
        assertThat(ended.out.lines()).containsExactly("content", "content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fatal", "abort", "dup", "split", "cart", "merge", "call", "window", "file"})
    void a_handler_that_was_chosen_ends_the_job_with_the_error_class(String scenario) {
        Ended ended = run(scenario);
        assertThat(ended.code).as(ended.toString()).isEqualTo(MPI.ERR_RANK);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err)
                .containsAnyOf("destination 99", "target 99", "rank 99", "callErrhandler(" + MPI.ERR_RANK + ")");
    }

    private record Ended(int code, String out, String err) {}

    private static Ended run(String scenario) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> line = List.of(
                "-n",
                "2",
                "--cp",
                System.getProperty("java.class.path"),
                ErrorsProgram.class.getName(),
                scenario,
                temp.resolve("file").toString());
        int code = Mpirun.main(line, out, err);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
