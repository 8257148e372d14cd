"""Says that each rank is there, and the sum of their numbers."""
from mpi4py import MPI

world = MPI.COMM_WORLD
print(f"python rank {world.rank} of {world.size} sum {world.allreduce(world.rank)}", flush=True)
