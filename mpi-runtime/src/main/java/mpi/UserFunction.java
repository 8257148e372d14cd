package mpi;

import java.nio.ByteBuffer;

/** A reduction of the program's own, Open MPI style. */
public abstract class UserFunction {
    public UserFunction() {}

    /** Sets {@code inOut[i] = in[i] op inOut[i]} for {@code count} elements of two arrays. */
    public void call(Object in, Object inOut, int count, Datatype type) {
        throw new UnsupportedOperationException("override UserFunction.call for arrays");
    }

    /** The same on direct buffers; never called for now, because reductions work on arrays. */
    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type) {
        throw new UnsupportedOperationException("override UserFunction.call for buffers");
    }
}
