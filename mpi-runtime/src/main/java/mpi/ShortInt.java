package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;

/** {@code short} and index, for MAXLOC and MINLOC: the pairs {@code MPI.shortInt}, of type {@code MPI.SHORT_INT}. */
public class ShortInt extends Struct {
    private final int value = addShort();
    private final int index = setOffset(4).addInt();

    ShortInt() {}

    @Override
    Datatype makeType(CopyPlan plan) {
        return new PairType(ElementType.SHORT, plan, "MPI.SHORT_INT");
    }

    @Override
    protected Data newData() {
        return new Data();
    }

    /** One pair in a buffer. */
    public class Data extends Struct.Data {
        public Data() {}

        public short getValue() {
            return getShort(value);
        }

        public int getIndex() {
            return getInt(index);
        }

        public void putValue(short v) {
            putShort(value, v);
        }

        public void putIndex(int i) {
            putInt(index, i);
        }
    }
}
