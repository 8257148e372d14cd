/* A rank that ends as its first argument says, when its number is the second one; the others wait for it. */
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int rank, size, sum;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  printf("rank %d is here, pid %d, of %d, sum %d\n", rank, (int)getpid(), size, sum);
  fflush(stdout);
  const char *how = argc > 1 ? argv[1] : "well";
  if (rank == (argc > 2 ? atoi(argv[2]) : 0)) {
    fprintf(stderr, "rank %d says %s\n", rank, how);
    if (!strcmp(how, "exit")) exit(3);
    if (!strcmp(how, "abort")) MPI_Abort(MPI_COMM_WORLD, 7);
    if (!strcmp(how, "signal")) kill(getpid(), SIGKILL);
    if (!strcmp(how, "write")) {
      FILE *file = fopen("result.txt", "w");
      fprintf(file, "sum %d\n", sum);
      fclose(file);
    }
  }
  if (!strcmp(how, "wait")) sleep(600);
  MPI_Barrier(MPI_COMM_WORLD);
  printf("rank %d is done\n", rank);
  MPI_Finalize();
  return 0;
}
