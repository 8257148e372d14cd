package mpi;

import java.nio.ByteBuffer;

/** A reduction of the program's own, Open MPI style. */
public abstract class UserFunction {
    public UserFunction() {}

    /** Sets {@code inOut[i] = in[i] op inOut[i]} for {@code count} elements of two arrays. */
    public void call(Object in, Object inOut, int count, Datatype type) {
        throw new UnsupportedOperationException("override UserFunction.call for arrays");
    }

    /**
     * The same on direct buffers in the byte order of the machine, where elements lie as their type lays them out. It
     * alone is called when it alone is overridden. For structures see {@link Struct#getData(ByteBuffer, int)}.
     */
    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type) {
        throw new UnsupportedOperationException("override UserFunction.call for buffers");
    }
}
