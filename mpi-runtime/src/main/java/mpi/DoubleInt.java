package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;

/** {@code double} and index, for MAXLOC and MINLOC: the pairs {@code MPI.doubleInt}, of type {@code MPI.DOUBLE_INT}. */
public class DoubleInt extends Struct {
    private final int value = addDouble();
    private final int index = setOffset(8).addInt();

    DoubleInt() {}

    @Override
    Datatype makeType(CopyPlan plan) {
        return new PairType(ElementType.DOUBLE, plan, "MPI.DOUBLE_INT");
    }

    @Override
    protected Data newData() {
        return new Data();
    }

    /** One pair in a buffer. */
    public class Data extends Struct.Data {
        public Data() {}

        public double getValue() {
            return getDouble(value);
        }

        public int getIndex() {
            return getInt(index);
        }

        public void putValue(double v) {
            putDouble(value, v);
        }

        public void putIndex(int i) {
            putInt(index, i);
        }
    }
}
