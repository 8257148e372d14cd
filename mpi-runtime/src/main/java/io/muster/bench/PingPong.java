package io.muster.bench;

import java.util.Arrays;
import java.util.Locale;
import mpi.Intracomm;
import mpi.MPI;

/** Latency of 8 bytes and bandwidth of 1 MiB between ranks 0 and 1: medians over rounds of half the round trip. */
public final class PingPong {
    private static final int ROUNDS = 11;
    private static final int WARM_UP_ROUNDS = 5;

    private PingPong() {}

    public static void main(String[] args) {
        MPI.Init(args);
        Intracomm world = MPI.COMM_WORLD;
        if (world.Size() < 2) {
            System.err.println("PingPong needs two ranks: muster mpirun -n 2 " + PingPong.class.getName());
            MPI.Finalize();
            return;
        }
        double latency = medianSeconds(world, new byte[8], 2_000);
        double transfer = medianSeconds(world, new byte[1 << 20], 50);
        if (world.Rank() == 0) {
            System.out.printf(Locale.ROOT, "latency 8 B      %8.2f us%n", latency * 1e6);
            System.out.printf(Locale.ROOT, "bandwidth 1 MiB  %8.0f MiB/s%n", 1 / transfer);
        }
        MPI.Finalize();
    }

    private static double medianSeconds(Intracomm world, byte[] message, int exchanges) {
        double[] seconds = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            world.Barrier();
            double start = MPI.Wtime();
            exchange(world, message, exchanges);
            if (round >= 0) {
                seconds[round] = (MPI.Wtime() - start) / exchanges / 2;
            }
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }

    private static void exchange(Intracomm world, byte[] message, int exchanges) {
        int rank = world.Rank();
        for (int i = 0; i < exchanges && rank < 2; i++) {
            if (rank == 0) {
                world.Send(message, 0, message.length, MPI.BYTE, 1, 0);
                world.Recv(message, 0, message.length, MPI.BYTE, 1, 0);
            } else {
                world.Recv(message, 0, message.length, MPI.BYTE, 0, 0);
                world.Send(message, 0, message.length, MPI.BYTE, 0, 0);
            }
        }
    }
}
