package mpi;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one collective call does, on the ranks of one group or between those of two. A null part means in place, or that
 * this rank has none; where parts are asked for by rank, only those are that the operation needs.
 */
interface GroupOperations {
    void barrier();

    void broadcast(Part part, int root);

    void gather(@Nullable Part out, @Nullable Part in, int root);

    void gatherVarying(@Nullable Part out, @Nullable Parts in, int root);

    void scatter(@Nullable Part out, @Nullable Part in, int root);

    void scatterVarying(@Nullable Parts out, @Nullable Part in, int root);

    void allgather(@Nullable Part out, Part in);

    void allgatherVarying(@Nullable Part out, Parts in);

    void alltoall(Part out, Part in);

    void alltoallVarying(Parts out, Parts in);

    void alltoallTyped(TypedParts out, TypedParts in);

    void reduce(@Nullable Part out, @Nullable Part in, Op op, int root);

    void allreduce(@Nullable Part out, Part in, Op op);

    /** {@code in} says where the result goes, with room for all; {@code out} holds as many elements as all counts. */
    void reduceScatter(@Nullable Part out, Part in, int[] counts, Op op);

    void scan(@Nullable Part out, Part in, Op op);

    void exclusiveScan(@Nullable Part out, Part in, Op op);

    /** A part to each neighbour and from each; in the order of the topology. */
    void neighbours(Neighbours neighbours, IntFunction<Part> out, IntFunction<Part> in);
}
