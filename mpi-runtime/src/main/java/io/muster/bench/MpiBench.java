package io.muster.bench;

import java.util.Arrays;
import java.util.Locale;
import mpi.Intracomm;
import mpi.MPI;
import mpi.Request;

/**
 * Times point-to-point messages between ranks 0 and 1 (worlds of two) and collective operations by message size. One
 * line a measurement: {@code name bytes median best}, in seconds an operation. The twin in C, {@code
 * src/test/bench/bench.c}, measures and prints the same.
 *
 * <p>The argument, if there is one, says for how many seconds each operation runs before it is measured, so that its
 * code is compiled.
 */
public final class MpiBench {
    private static final int SAMPLES = 11;
    private static final int WARM_UP_SAMPLES = 4;
    private static final double SAMPLE_SECONDS = 0.02;
    private static final int WINDOW = 64;
    private static final int[] MESSAGE_SIZES = {8, 512, 2 << 10, 32 << 10, 512 << 10};
    private static final int[] COLLECTIVE_SIZES = {8, 1 << 10, 32 << 10, 512 << 10};

    private final Intracomm world = MPI.COMM_WORLD;
    private final int rank = world.Rank();
    private final int size = world.Size();
    private final double warmUpSeconds;

    private interface Operation {
        void run(int repetitions);
    }

    private MpiBench(double warmUpSeconds) {
        this.warmUpSeconds = warmUpSeconds;
    }

    public static void main(String[] args) {
        MPI.Init(args);
        new MpiBench(args.length == 0 ? 0 : Double.parseDouble(args[0])).measureAll();
        MPI.Finalize();
    }

    private void measureAll() {
        if (size == 2) {
            for (int bytes : MESSAGE_SIZES) {
                byte[] message = new byte[bytes];
                measure("latency", bytes, 2, n -> pingPong(message, n));
            }
            measure("message", 8, WINDOW, this::stream);
        }
        measure("barrier", 0, 1, n -> {
            for (int i = 0; i < n; i++) {
                world.Barrier();
            }
        });
        for (int bytes : COLLECTIVE_SIZES) {
            collectives(bytes);
        }
    }

    private void collectives(int bytes) {
        byte[] data = new byte[bytes];
        measure("bcast", bytes, 1, n -> {
            for (int i = 0; i < n; i++) {
                world.Bcast(data, 0, bytes, MPI.BYTE, 0);
            }
        });
        int count = bytes / Double.BYTES;
        double[] operand = new double[count];
        double[] sum = new double[count];
        measure("allreduce", bytes, 1, n -> {
            for (int i = 0; i < n; i++) {
                world.Allreduce(operand, 0, sum, 0, count, MPI.DOUBLE, MPI.SUM);
            }
        });
        byte[] out = new byte[bytes * size];
        byte[] in = new byte[bytes * size];
        measure("alltoall", bytes, 1, n -> {
            for (int i = 0; i < n; i++) {
                world.Alltoall(out, 0, bytes, MPI.BYTE, in, 0, bytes, MPI.BYTE);
            }
        });
    }

    private void measure(String name, int bytes, int perRepetition, Operation operation) {
        warmUp(operation);
        world.Barrier();
        double start = MPI.Wtime();
        operation.run(10);
        int[] repetitions = {(int) Math.clamp(SAMPLE_SECONDS / ((MPI.Wtime() - start) / 10), 5, 20_000)};
        world.Bcast(repetitions, 0, 1, MPI.INT, 0);
        double[] seconds = new double[SAMPLES];
        for (int sample = -WARM_UP_SAMPLES; sample < SAMPLES; sample++) {
            world.Barrier();
            double begin = MPI.Wtime();
            operation.run(repetitions[0]);
            if (sample >= 0) {
                seconds[sample] = (MPI.Wtime() - begin) / repetitions[0] / perRepetition;
            }
        }
        Arrays.sort(seconds);
        if (rank == 0) {
            System.out.printf(Locale.ROOT, "%s %d %.9f %.9f%n", name, bytes, seconds[SAMPLES / 2], seconds[0]);
        }
    }

    private void warmUp(Operation operation) {
        double end = MPI.Wtime() + warmUpSeconds;
        int[] goOn = {warmUpSeconds > 0 ? 1 : 0};
        while (goOn[0] == 1) {
            operation.run(10);
            goOn[0] = MPI.Wtime() < end ? 1 : 0;
            world.Bcast(goOn, 0, 1, MPI.INT, 0);
        }
    }

    private void pingPong(byte[] message, int repetitions) {
        for (int i = 0; i < repetitions; i++) {
            if (rank == 0) {
                world.Send(message, 0, message.length, MPI.BYTE, 1, 0);
                world.Recv(message, 0, message.length, MPI.BYTE, 1, 0);
            } else {
                world.Recv(message, 0, message.length, MPI.BYTE, 0, 0);
                world.Send(message, 0, message.length, MPI.BYTE, 0, 0);
            }
        }
    }

    private void stream(int repetitions) {
        byte[] message = new byte[8];
        Request[] window = new Request[WINDOW];
        for (int i = 0; i < repetitions; i++) {
            for (int k = 0; k < WINDOW; k++) {
                window[k] = rank == 0
                        ? world.Isend(message, 0, message.length, MPI.BYTE, 1, 0)
                        : world.Irecv(message, 0, message.length, MPI.BYTE, 0, 0);
            }
            Request.Waitall(window);
            if (rank == 0) {
                world.Recv(message, 0, 1, MPI.BYTE, 1, 1);
            } else {
                world.Send(message, 0, 1, MPI.BYTE, 0, 1);
            }
        }
    }
}
