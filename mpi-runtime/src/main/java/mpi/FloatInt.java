package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;

/** {@code float} and index, for MAXLOC and MINLOC: the pairs {@code MPI.floatInt}, of type {@code MPI.FLOAT_INT}. */
public class FloatInt extends Struct {
    private final int value = addFloat();
    private final int index = setOffset(4).addInt();

    FloatInt() {}

    @Override
    Datatype makeType(CopyPlan plan) {
        return new PairType(ElementType.FLOAT, plan, "MPI.FLOAT_INT");
    }

    @Override
    protected Data newData() {
        return new Data();
    }

    /** One pair in a buffer. */
    public class Data extends Struct.Data {
        public Data() {}

        public float getValue() {
            return getFloat(value);
        }

        public int getIndex() {
            return getInt(index);
        }

        public void putValue(float v) {
            putFloat(value, v);
        }

        public void putIndex(int i) {
            putInt(index, i);
        }
    }
}
