package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpi.engine.ErrorClass;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class SurvivorsTest {
    private static MPIException lost() {
        MPIException lost = new MPIException(ErrorClass.PROC_ABORTED, "recv() on MPI.COMM_WORLD: rank 1 is lost");
        lost.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("mpi.Comm", "recv", "Comm.java", 3),
            new StackTraceElement("org.example.Heat", "main", "Heat.java", 42)
        });
        return lost;
    }

    @Test
    void a_lost_rank_is_one_line_with_the_place_in_the_program() {
        assertThat(Survivors.line(lost()))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("rank 1 is lost", "Heat.java:42")
                        .doesNotContain("Comm.java", "\n"));
    }

    @Test
    void so_it_is_when_the_program_wraps_it() {
        assertThat(Survivors.line(new IllegalStateException(new ExecutionException(lost()))))
                .isPresent();
    }

    @Test
    void everything_else_has_its_stack_trace() {
        assertThat(Survivors.line(new IllegalStateException("boom"))).isEmpty();
        assertThat(Survivors.line(new MPIException(ErrorClass.TRUNCATE, "too long")))
                .isEmpty();
    }
}
