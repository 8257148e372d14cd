package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collective operations once, for the doors of both dialects, blocking and not. A null send part means in place. Calls
 * on a communicator between two groups take {@code MPI.ROOT} and {@code MPI.PROC_NULL} for a root.
 */
abstract class CollectiveCalls extends SendModes {
    private @Nullable IntraOperations blocking;

    CollectiveCalls(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** A call with its arguments: {@code values} are told when it fails, numbers among them are the root. */
    final class Call {
        private final String name;
        private final Consumer<GroupOperations> body;
        private final @Nullable Object[] values;

        Call(String name, Consumer<GroupOperations> body, @Nullable Object... values) {
            this.name = name;
            this.body = body;
            this.values = values;
        }

        /** Blocks until this rank's part is done. */
        void run() {
            Communicator core = core();
            try {
                body.accept(core.isInter() ? new InterOperations(core) : blocking(core));
            } catch (Failure e) {
                throw raise(name, described(), e);
            }
        }

        /** Starts the operation; what it fails with is told when somebody waits for it. */
        Request start() {
            Communicator core = core();
            GroupOperations operations;
            if (core.isInter()) {
                operations = new InterOperations(core);
            } else {
                var started = core.detachedCollective();
                operations = new IntraOperations(core, () -> started);
            }
            return new Request(
                    (Comm) CollectiveCalls.this,
                    name,
                    MPI.BYTE,
                    core.engine().startTask(() -> body.accept(operations)));
        }

        private String described() {
            StringBuilder text = new StringBuilder();
            for (Object value : values) {
                if (value != null) {
                    String what = value instanceof Integer ? "root=" : value instanceof Op ? "op=" : "";
                    text.append(text.isEmpty() ? "" : ", ").append(what).append(value);
                }
            }
            return text.toString();
        }
    }

    private IntraOperations blocking(Communicator core) {
        IntraOperations operations = blocking;
        if (operations == null) {
            operations = new IntraOperations(core, core::collective);
            blocking = operations;
        }
        return operations;
    }

    final Call barrierOf(String call) {
        return new Call(call, GroupOperations::barrier);
    }

    final Call broadcast(String call, Part part, int root) {
        return new Call(call, on -> on.broadcast(part, root), part, root);
    }

    /** At the root {@code in} is for each rank, elsewhere it is not looked at; null {@code out}: in place. */
    final Call gatherTo(String call, @Nullable Part out, @Nullable Part in, int root) {
        return new Call(call, on -> on.gather(out, in, root), out == null ? in : out, root);
    }

    final Call gatherVaryingTo(String call, @Nullable Part out, @Nullable Parts in, int root) {
        return new Call(call, on -> on.gatherVarying(out, in, root), out == null ? in : out, root);
    }

    /** At the root {@code out} is for each rank, elsewhere it is not looked at; null {@code in}: in place. */
    final Call scatterFrom(String call, @Nullable Part out, @Nullable Part in, int root) {
        return new Call(call, on -> on.scatter(out, in, root), in == null ? out : in, root);
    }

    final Call scatterVaryingFrom(String call, @Nullable Parts out, @Nullable Part in, int root) {
        return new Call(call, on -> on.scatterVarying(out, in, root), in == null ? out : in, root);
    }

    final Call allgatherOf(String call, @Nullable Part out, Part in) {
        return new Call(call, on -> on.allgather(out, in), in);
    }

    final Call allgatherVarying(String call, @Nullable Part out, Parts in) {
        return new Call(call, on -> on.allgatherVarying(out, in), in);
    }

    final Call alltoallOf(String call, Part out, Part in) {
        return new Call(call, on -> on.alltoall(out, in), out);
    }

    final Call alltoallVarying(String call, Parts out, Parts in) {
        return new Call(call, on -> on.alltoallVarying(out, in), out);
    }

    final Call alltoallTyped(String call, TypedParts out, TypedParts in) {
        return new Call(call, on -> on.alltoallTyped(out, in), out);
    }

    /** Null {@code out}: the operand is in {@code in}. Null {@code in}: not the root, nothing comes back. */
    final Call reduceTo(String call, @Nullable Part out, @Nullable Part in, Op op, int root) {
        return new Call(call, on -> on.reduce(out, in, op, root), out == null ? in : out, op, root);
    }

    final Call allreduceOf(String call, @Nullable Part out, Part in, Op op) {
        return new Call(call, on -> on.allreduce(out, in, op), in, op);
    }

    /** Null {@code out}: the operands of all ranks are where the result goes, in {@code in}. */
    final Call reduceScatterOf(String call, @Nullable Part out, Part in, int[] counts, Op op) {
        return new Call(call, on -> on.reduceScatter(out, in, counts, op), in, op);
    }

    /** As many elements as there are for all ranks together. */
    static Part total(Object buffer, int offset, int[] counts, Datatype type) {
        return new Part(buffer, offset, Reductions.starts(counts, counts.length)[counts.length], type);
    }

    /** The same count for each rank. */
    final int[] same(int count) {
        int[] counts = new int[core().size()];
        Arrays.fill(counts, count);
        return counts;
    }

    final Call scanOf(String call, @Nullable Part out, Part in, Op op) {
        return new Call(call, on -> on.scan(out, in, op), in, op);
    }

    final Call exclusiveScanOf(String call, @Nullable Part out, Part in, Op op) {
        return new Call(call, on -> on.exclusiveScan(out, in, op), in, op);
    }

    final Call neighboursOf(String call, IntFunction<Part> out, IntFunction<Part> in) {
        return new Call(call, on -> on.neighbours(neighbours(call), out, in));
    }

    /** Whom this rank exchanges with in neighbourhood operations; throws when the communicator has no topology. */
    abstract Neighbours neighbours(String call);
}
