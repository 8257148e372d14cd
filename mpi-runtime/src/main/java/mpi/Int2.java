package mpi;

import io.muster.mpi.buffer.CopyPlan;

/** {@code int} and index, for MAXLOC and MINLOC: the pairs {@code MPI.int2}, of type {@code MPI.INT2}. */
public class Int2 extends Struct {
    private final int value = addInt();
    private final int index = setOffset(4).addInt();

    Int2() {}

    @Override
    Datatype makeType(CopyPlan plan) {
        return MPI.INT2;
    }

    @Override
    protected Data newData() {
        return new Data();
    }

    /** One pair in a buffer. */
    public class Data extends Struct.Data {
        public Data() {}

        public int getValue() {
            return getInt(value);
        }

        public int getIndex() {
            return getInt(index);
        }

        public void putValue(int v) {
            putInt(value, v);
        }

        public void putIndex(int i) {
            putInt(index, i);
        }
    }
}
