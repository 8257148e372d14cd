package mpi;

import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.ProcessId;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Ranks as other processes know them, five integers each: numbers of an engine mean nothing elsewhere. */
final class ProcessIds {
    /** Integers that one takes. */
    static final int INTS = 5;

    private ProcessIds() {}

    static int[] encode(Engine engine, int[] worldRanks) {
        ByteBuffer bytes = ByteBuffer.allocate(worldRanks.length * INTS * Integer.BYTES);
        for (int rank : worldRanks) {
            ProcessId id = engine.foreign().idOf(rank);
            bytes.putLong(id.job().getMostSignificantBits());
            bytes.putLong(id.job().getLeastSignificantBits());
            bytes.putInt(id.rank());
        }
        int[] numbers = new int[worldRanks.length * INTS];
        bytes.flip().asIntBuffer().get(numbers);
        return numbers;
    }

    static List<ProcessId> decode(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        IntBuffer ints = bytes.asIntBuffer();
        ints.put(numbers);
        List<ProcessId> ids = new ArrayList<>();
        for (int i = 0; i < numbers.length / INTS; i++) {
            ids.add(new ProcessId(new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt()));
        }
        return ids;
    }

    /** The numbers that {@code engine} has for them, all of which it must know. */
    static int[] known(Engine engine, int[] numbers) {
        return decode(numbers).stream()
                .mapToInt(id -> engine.foreign()
                        .numberOf(id)
                        .orElseThrow(() -> new Failure(
                                ErrorClass.COMM,
                                "rank " + id.rank() + " of another job is not connected to this process;"
                                        + " connect the two groups with accept and connect")))
                .toArray();
    }

    /** Whether the first of {@code mine} comes before that of {@code theirs}, as all processes see it. */
    static boolean isFirst(Engine engine, int[] mine, int[] theirs) {
        return engine.foreign().idOf(mine[0]).compareTo(engine.foreign().idOf(theirs[0])) < 0;
    }

    static boolean haveCommon(int[] mine, int[] theirs) {
        return Arrays.stream(mine).anyMatch(rank -> Arrays.stream(theirs).anyMatch(other -> other == rank));
    }
}
