package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.wireup.RankLost;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ranks hear when the launcher says that one of them is lost. */
final class RankLossTest {
    @ParameterizedTest
    @EnumSource
    void whoever_waits_fails_with_who_was_lost_and_how(Wiring wiring) {
        InMemoryLauncher launcher = new InMemoryLauncher(3);
        CountDownLatch survivorsAreThrough = new CountDownLatch(2);
        RankThreads.run(3, wiring, launcher, (_, comm) -> {
            comm.Barrier();
            if (comm.Rank() == 1) {
                awaitAll(survivorsAreThrough);
                launcher.lose(new RankLost(1, "exit code 7"));
                return;
            }
            survivorsAreThrough.countDown();
            assertThatThrownBy(() -> comm.Recv(new int[1], 0, 1, MPI.INT, 1, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_PROC_ABORTED")
                    .hasMessageContaining("rank 1 is lost: exit code 7");
            assertThatThrownBy(comm::Barrier).isInstanceOf(MPIException.class);
        });
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
