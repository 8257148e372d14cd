package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A communicator between two groups (MPI 4.1, section 7.6): ranks in its calls are those of the other group. In
 * collective operations what one group has goes to the other.
 */
public class Intercomm extends Comm {
    Intercomm(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** The number of ranks of the other group. */
    public int getRemoteSize() {
        return core().targetCount();
    }

    public int Remote_size() {
        return getRemoteSize();
    }

    /** The other group. */
    public Group getRemoteGroup() {
        return new Group(core().targets(), core().engine().rank());
    }

    public Group Remote_group() {
        return getRemoteGroup();
    }

    /**
     * One communicator of both groups; that which says {@code high} comes last. All ranks of both call it, those of a
     * group with the same value (section 7.6.3).
     */
    public Intracomm merge(boolean high) {
        try {
            return inheriting(new Intracomm(Joining.merge(core(), high), label() + ".merge"));
        } catch (Failure e) {
            throw raise("merge", "high=" + high, e);
        }
    }

    public Intracomm Merge(boolean high) {
        return merge(high);
    }

    @Override
    public Intercomm dup() {
        return dup(null);
    }

    @Override
    public Intercomm dupWithInfo(Info info) {
        return dup(info);
    }

    @Override
    public Intercomm iDup() {
        return startDup(new Intercomm(null, label() + ".dup"));
    }

    private Intercomm dup(@Nullable Info info) {
        return copied(new Intercomm(duplicated("dup"), label() + ".dup"), info);
    }

    @Override
    public Intercomm clone() {
        return dup();
    }

    /**
     * The communicator to the processes that have spawned this one, the same at each call; null, as {@link #isNull}
     * says, in a process that was not spawned, before Init, and after the communicator is freed (MPI 4.1, section
     * 11.8.2).
     */
    public static Intercomm getParent() {
        return MPI.parents();
    }
}
