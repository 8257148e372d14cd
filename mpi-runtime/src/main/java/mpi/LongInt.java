package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;

/** {@code long} and index, for MAXLOC and MINLOC: the pairs {@code MPI.longInt}, of type {@code MPI.LONG_INT}. */
public class LongInt extends Struct {
    private final int value = addLong();
    private final int index = setOffset(8).addInt();

    LongInt() {}

    @Override
    Datatype makeType(CopyPlan plan) {
        return new PairType(ElementType.LONG, plan, "MPI.LONG_INT");
    }

    @Override
    protected Data newData() {
        return new Data();
    }

    /** One pair in a buffer. */
    public class Data extends Struct.Data {
        public Data() {}

        public long getValue() {
            return getLong(value);
        }

        public int getIndex() {
            return getInt(index);
        }

        public void putValue(long v) {
            putLong(value, v);
        }

        public void putIndex(int i) {
            putInt(index, i);
        }
    }
}
