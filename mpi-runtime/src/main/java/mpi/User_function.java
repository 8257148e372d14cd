package mpi;

/** A reduction of the program's own, mpiJava style. */
public abstract class User_function {
    public User_function() {}

    /** Sets {@code inOutVector[i] = inVector[i] op inOutVector[i]} for {@code count} elements from the offsets on. */
    public abstract void Call(
            Object inVector, int inOffset, Object inOutVector, int outOffset, int count, Datatype type);
}
