package mpi;

import io.muster.mpi.buffer.ElementType;

/** What a message consists of: a run of one primitive type. */
public class Datatype implements Freeable, Cloneable {
    final ElementType element;

    /** Base elements in one element of this type. */
    final int width;

    private String name;

    Datatype(ElementType element, int width, String name) {
        this.element = element;
        this.width = width;
        this.name = name;
    }

    /** {@code count} elements of {@code type} one after the other, as one. */
    public static Datatype createContiguous(int count, Datatype type) {
        return new Datatype(type.element, count * type.width, "contiguous(" + count + ", " + type.name + ")");
    }

    public static Datatype Contiguous(int count, Datatype type) {
        return createContiguous(count, type);
    }

    /** Bytes of one element. */
    public int getSize() {
        return element.sizeBytes() * width;
    }

    /** Bytes of one element; the same as {@link #getSize}. */
    public int Size() {
        return getSize();
    }

    public int getByteSize() {
        return getSize();
    }

    /** Base elements from the start of one element to the start of the next. */
    public int getExtent() {
        return width;
    }

    public int Extent() {
        return width;
    }

    public int getLb() {
        return 0;
    }

    public int Lb() {
        return 0;
    }

    public int Ub() {
        return width;
    }

    public void commit() {}

    public void Commit() {}

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @SuppressWarnings("ReferenceEquality") // there is one null type
    public boolean isNull() {
        return this == MPI.DATATYPE_NULL;
    }

    @Override
    public void free() {}

    /** A type equal to this one. */
    public Datatype dup() {
        return new Datatype(element, width, name);
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Datatype clone() {
        return dup();
    }

    @Override
    public String toString() {
        return name;
    }
}
