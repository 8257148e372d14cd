package io.muster.mpi.file;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Steps that all ranks of a file do together: what fails at one rank fails at all, with the same error class. */
final class Agreement {
    private static final int SLOT = 2;

    private final Collectives team;
    private final int rank;
    private final int size;

    Agreement(Communicator core) {
        this(core, core.detachedCollective());
    }

    Agreement(Communicator core, Collectives team) {
        this.team = team;
        rank = core.rank();
        size = core.size();
    }

    /** Does {@code work}, and returns when all have; throws when it fails at a rank, the first one's reason. */
    void run(Runnable work) {
        settle(failureOf(work));
    }

    static Optional<Failure> failureOf(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        }
    }

    /** Throws this rank's failure, or that of another rank. */
    void settle(Optional<Failure> own) {
        byte[] reason = own.map(failure -> String.valueOf(failure.getMessage()))
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
        int[] outcomes = new int[SLOT * size];
        outcomes[SLOT * rank] = own.map(failure -> failure.errorClass().code()).orElse(0);
        outcomes[SLOT * rank + 1] = reason.length;
        team.allgather(outcomes, new Blocks.Even(0, SLOT * Integer.BYTES));
        for (int first = 0; first < size; first++) {
            if (outcomes[SLOT * first] != 0) {
                byte[] told = first == rank ? reason : new byte[outcomes[SLOT * first + 1]];
                team.broadcast(told, 0, told.length, first);
                throw own.orElse(new Failure(
                        errorClass(outcomes[SLOT * first]),
                        "rank " + first + ": " + new String(told, StandardCharsets.UTF_8)));
            }
        }
    }

    /** Throws at all ranks when a value is not the same on all. */
    void same(String what, long value) {
        long[] values = all(value);
        if (Arrays.stream(values).anyMatch(each -> each != values[0])) {
            throw new Failure(ErrorClass.NOT_SAME, what + " is not the same on all ranks: " + Arrays.toString(values));
        }
    }

    /** The values of all ranks. */
    long[] all(long value) {
        long[] values = new long[size];
        values[rank] = value;
        team.allgather(values, new Blocks.Even(0, Long.BYTES));
        return values;
    }

    private static ErrorClass errorClass(int code) {
        return Arrays.stream(ErrorClass.values())
                .filter(each -> each.code() == code)
                .findFirst()
                .orElse(ErrorClass.IO);
    }
}
