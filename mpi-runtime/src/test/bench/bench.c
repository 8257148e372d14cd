/*
 * The twin of io.muster.bench.MpiBench for MPI libraries in C: the same operations, sizes, samples and output lines
 * (name, bytes, median and best in seconds an operation).
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAMPLES = 11, WARM_UP_SAMPLES = 4, WINDOW = 64 };
static const double SAMPLE_SECONDS = 0.02;

static int rank, size, bytes;
static char *out, *in;
static double *operand, *sum;

typedef void (*operation)(int repetitions);

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *name, int per_repetition, operation run) {
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    run(10);
    double fitting = SAMPLE_SECONDS / ((MPI_Wtime() - start) / 10);
    int repetitions = fitting < 5 ? 5 : fitting > 20000 ? 20000 : (int)fitting;
    MPI_Bcast(&repetitions, 1, MPI_INT, 0, MPI_COMM_WORLD);
    double seconds[SAMPLES];
    for (int sample = -WARM_UP_SAMPLES; sample < SAMPLES; sample++) {
        MPI_Barrier(MPI_COMM_WORLD);
        double begin = MPI_Wtime();
        run(repetitions);
        if (sample >= 0)
            seconds[sample] = (MPI_Wtime() - begin) / repetitions / per_repetition;
    }
    qsort(seconds, SAMPLES, sizeof(double), by_value);
    if (rank == 0)
        printf("%s %d %.9f %.9f\n", name, bytes, seconds[SAMPLES / 2], seconds[0]);
}

static void ping_pong(int n) {
    for (int i = 0; i < n; i++) {
        if (rank == 0) {
            MPI_Send(out, bytes, MPI_BYTE, 1, 0, MPI_COMM_WORLD);
            MPI_Recv(out, bytes, MPI_BYTE, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else {
            MPI_Recv(out, bytes, MPI_BYTE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(out, bytes, MPI_BYTE, 0, 0, MPI_COMM_WORLD);
        }
    }
}

static void stream(int n) {
    MPI_Request window[WINDOW];
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < WINDOW; k++) {
            if (rank == 0)
                MPI_Isend(out, 8, MPI_BYTE, 1, 0, MPI_COMM_WORLD, &window[k]);
            else
                MPI_Irecv(out, 8, MPI_BYTE, 0, 0, MPI_COMM_WORLD, &window[k]);
        }
        MPI_Waitall(WINDOW, window, MPI_STATUSES_IGNORE);
        if (rank == 0)
            MPI_Recv(out, 1, MPI_BYTE, 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        else
            MPI_Send(out, 1, MPI_BYTE, 0, 1, MPI_COMM_WORLD);
    }
}

static void barrier(int n) {
    for (int i = 0; i < n; i++)
        MPI_Barrier(MPI_COMM_WORLD);
}

static void bcast(int n) {
    for (int i = 0; i < n; i++)
        MPI_Bcast(out, bytes, MPI_BYTE, 0, MPI_COMM_WORLD);
}

static void allreduce(int n) {
    for (int i = 0; i < n; i++)
        MPI_Allreduce(operand, sum, bytes / 8, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
}

static void alltoall(int n) {
    for (int i = 0; i < n; i++)
        MPI_Alltoall(out, bytes, MPI_BYTE, in, bytes, MPI_BYTE, MPI_COMM_WORLD);
}

int main(int argc, char **argv) {
    static const int messages[] = {8, 512, 2 << 10, 32 << 10, 512 << 10};
    static const int collectives[] = {8, 1 << 10, 32 << 10, 512 << 10};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    out = calloc((size_t)(512 << 10) * size, 1);
    in = calloc((size_t)(512 << 10) * size, 1);
    operand = calloc(512 << 10, 1);
    sum = calloc(512 << 10, 1);
    if (size == 2) {
        for (int i = 0; i < 5; i++) {
            bytes = messages[i];
            measure("latency", 2, ping_pong);
        }
        bytes = 8;
        measure("message", WINDOW, stream);
    }
    bytes = 0;
    measure("barrier", 1, barrier);
    for (int i = 0; i < 4; i++) {
        bytes = collectives[i];
        measure("bcast", 1, bcast);
        measure("allreduce", 1, allreduce);
        measure("alltoall", 1, alltoall);
    }
    MPI_Finalize();
    return 0;
}
