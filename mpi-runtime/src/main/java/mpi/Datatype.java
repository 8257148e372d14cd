package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.buffer.Reduction;
import io.muster.mpi.buffer.Signature;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.onesided.Fold;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a message consists of (MPI 4.1, chapter 5): a primitive type, or a layout of elements of other types. Counts,
 * displacements, strides and bounds are in elements of the primitive type that everything is made of, but for {@link
 * #createStruct}. Immutable but for its name.
 */
public class Datatype implements Freeable, Cloneable {
    final ElementType element;
    final CopyPlan plan;

    /** Primitive elements of one element that travel. */
    final int width;

    /** The primitive type it is made of as MPJ Express numbers it: BYTE is 1, DOUBLE 8, PACKED 9, OBJECT 12. */
    public int baseType;

    private final Attributes attributes = new Attributes();
    private String name;

    /** The predefined type of all its elements, itself when it is one; null when they differ. */
    private @Nullable Datatype leaf = this;

    private Signature signature;

    Datatype(ElementType element, CopyPlan plan, String name) {
        this.element = element;
        this.plan = plan;
        this.width = elements(plan.sizeBytes());
        this.baseType = BaseTypes.number(element, name);
        this.name = name;
        this.signature = Signature.of(element.sizeBytes());
    }

    /** {@code width} elements of a primitive type. */
    Datatype(ElementType element, int width, String name) {
        this(element, CopyPlan.run(element.sizeBytes() * width), name);
    }

    /** {@code count} elements of {@code type} one after the other, as one. */
    public static Datatype createContiguous(int count, Datatype type) {
        checkNotNegative("count", count);
        return new Datatype(
                        type.element,
                        type.plan.repeat(count, type.plan.extentBytes()),
                        "contiguous(" + count + ", " + type.name + ")")
                .madeOf(type);
    }

    public static Datatype Contiguous(int count, Datatype type) {
        return createContiguous(count, type);
    }

    /** {@code count} blocks of {@code blockLength} elements, which begin {@code stride} elements of the type apart. */
    public static Datatype createVector(int count, int blockLength, int stride, Datatype type) {
        String name = "vector(" + count + ", " + blockLength + ", " + stride + ", " + type.name + ")";
        return vector(count, blockLength, stride * type.plan.extentBytes(), type, name);
    }

    public static Datatype Vector(int count, int blocklength, int stride, Datatype oldtype) {
        return createVector(count, blocklength, stride, oldtype);
    }

    /** As a vector, with a stride in primitive elements. */
    public static Datatype createHVector(int count, int blockLength, int stride, Datatype type) {
        String name = "hvector(" + count + ", " + blockLength + ", " + stride + ", " + type.name + ")";
        return vector(count, blockLength, (long) stride * type.element.sizeBytes(), type, name);
    }

    public static Datatype Hvector(int count, int blocklength, int stride, Datatype oldtype) {
        return createHVector(count, blocklength, stride, oldtype);
    }

    private static Datatype vector(int count, int blockLength, long strideBytes, Datatype type, String name) {
        checkNotNegative("count", count);
        checkNotNegative("block length", blockLength);
        CopyPlan block = type.plan.repeat(blockLength, type.plan.extentBytes());
        return new Datatype(type.element, block.repeat(count, strideBytes), name).madeOf(type);
    }

    /** Blocks of different lengths at different places, both in elements of the type. */
    public static Datatype createIndexed(int[] blockLengths, int[] displacements, Datatype type) {
        return blocks("indexed", blockLengths, displacements, type.plan.extentBytes(), same(type, displacements));
    }

    public static Datatype Indexed(int[] blocklengths, int[] displacements, Datatype oldtype) {
        return createIndexed(blocklengths, displacements, oldtype);
    }

    /** As an indexed type, with displacements in primitive elements. */
    public static Datatype createHIndexed(int[] blockLengths, int[] displacements, Datatype type) {
        return blocks("hindexed", blockLengths, displacements, type.element.sizeBytes(), same(type, displacements));
    }

    public static Datatype Hindexed(int[] blocklengths, int[] displacements, Datatype oldtype) {
        return createHIndexed(blocklengths, displacements, oldtype);
    }

    /**
     * Blocks of different types; displacements are in bytes. Types that are made of different primitives together are
     * made of bytes: they lie in a byte array or a buffer.
     */
    public static Datatype createStruct(int[] blockLengths, int[] displacements, Datatype[] types) {
        return blocks("struct", blockLengths, displacements, 1, types);
    }

    /**
     * Blocks of different types made of one primitive, with displacements in elements of it. Entries of {@link MPI#LB}
     * and {@link MPI#UB} set its bounds.
     */
    public static Datatype Struct(int[] blocklengths, int[] displacements, Datatype[] oldtypes) {
        return BoundMarkers.struct(blocklengths, displacements, oldtypes);
    }

    static Datatype structOfElements(int[] lengths, int[] displacements, Datatype[] types) {
        int unit = types.length == 0 ? 1 : types[0].element.sizeBytes();
        return blocks("struct", lengths, displacements, unit, types);
    }

    private static Datatype blocks(String kind, int[] lengths, int[] displacements, long unitBytes, Datatype[] types) {
        if (lengths.length != displacements.length || lengths.length != types.length) {
            throw new MPIException(
                    ErrorClass.ARG,
                    kind + ": " + lengths.length + " block lengths, " + displacements.length + " displacements and "
                            + types.length + " types; give one of each for a block");
        }
        long[] places = new long[lengths.length];
        CopyPlan[] plans = new CopyPlan[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            checkNotNegative("block length", lengths[i]);
            places[i] = displacements[i] * unitBytes;
            plans[i] = types[i].plan.repeat(lengths[i], types[i].plan.extentBytes());
        }
        boolean uniform =
                Arrays.stream(types).map(type -> type.element).distinct().count() == 1;
        return new Datatype(
                        uniform ? types[0].element : ElementType.BYTE,
                        CopyPlan.joined(places, plans),
                        kind + "(" + lengths.length + " blocks)")
                .madeOf(types)
                .signed(joined(lengths, types));
    }

    private static Signature joined(int[] lengths, Datatype[] types) {
        if (types.length == 0) {
            return Signature.of(1);
        }
        long[] bytes = new long[lengths.length];
        Arrays.setAll(bytes, i -> lengths[i] * types[i].plan.sizeBytes());
        return Signature.joined(Arrays.stream(types).map(type -> type.signature).toArray(Signature[]::new), bytes);
    }

    /** The values that an element is made of, where the primitive type does not tell. */
    final Datatype signed(Signature values) {
        signature = values;
        return this;
    }

    /** The values that its bytes are, as they travel. */
    final Signature signature() {
        return signature;
    }

    private static Datatype[] same(Datatype type, int[] displacements) {
        Datatype[] types = new Datatype[displacements.length];
        Arrays.fill(types, type);
        return types;
    }

    /** The same elements with other bounds: the next one begins {@code extent} primitive elements further on. */
    public static Datatype createResized(Datatype type, int lb, int extent) {
        int unit = type.element.sizeBytes();
        return new Datatype(
                        type.element,
                        type.plan.resized((long) lb * unit, (long) extent * unit),
                        "resized(" + lb + ", " + extent + ", " + type.name + ")")
                .madeOf(type);
    }

    /** Bytes of one element that travel. */
    public int getSize() {
        return Math.toIntExact(plan.sizeBytes());
    }

    /** Bytes of one element that travel; the same as {@link #getSize}. */
    public int Size() {
        return getSize();
    }

    public int getByteSize() {
        return getSize();
    }

    /** Primitive elements from the start of one element to the start of the next. */
    public int getExtent() {
        return elements(plan.extentBytes());
    }

    public int Extent() {
        return getExtent();
    }

    /** Where an element begins, relative to its place, in primitive elements. */
    public int getLb() {
        return elements(plan.lowerBound());
    }

    public int Lb() {
        return getLb();
    }

    /** Where an element ends, relative to its place, in primitive elements. */
    public int Ub() {
        return getLb() + getExtent();
    }

    /** Where the first primitive element lies, relative to the place of the element. */
    public int getTrueLb() {
        return elements(plan.firstByte());
    }

    /** Primitive elements from the first to the last one, gaps included. */
    public int getTrueExtent() {
        return elements(plan.endByte() - plan.firstByte());
    }

    /** Types can be used as soon as they are made. */
    public void commit() {}

    public void Commit() {}

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Whether elements are Java objects, which travel serialized. */
    @SuppressWarnings("ReferenceEquality") // there is one type of objects
    boolean isObject() {
        return this == MPI.OBJECT;
    }

    @SuppressWarnings("ReferenceEquality") // there is one null type
    public boolean isNull() {
        return this == MPI.DATATYPE_NULL;
    }

    @Override
    public void free() {}

    /** A type equal to this one, with the same attributes. */
    public Datatype dup() {
        return withAttributes(new Datatype(element, plan, name).madeOf(this));
    }

    final Datatype withAttributes(Datatype copy) {
        copy.attributes.copy(attributes);
        return copy;
    }

    @SuppressWarnings("ReferenceEquality") // predefined types are the same when they are the same object
    private Datatype madeOf(Datatype... types) {
        if (types.length > 0) {
            signature = types[0].signature;
        }
        for (Datatype type : types) {
            leaf = type.leaf == types[0].leaf ? type.leaf : null;
            if (leaf == null) {
                break;
            }
        }
        return this;
    }

    /** An update of a window by a predefined operation on the elements that this type is made of (section 12.3.4). */
    final Fold fold(Operator operator) {
        Datatype elements = leaf;
        if (elements == null) {
            throw new Failure(ErrorClass.TYPE, name + " is made of several types; an update takes elements of one");
        }
        if (!operator.isOneSided()) {
            elements.reduction(operator);
        }
        return elements.ownFold(operator);
    }

    /** The same for a predefined type. */
    Fold ownFold(Operator operator) {
        return new Fold(operator, Fold.Kind.PLAIN, element, width == 2 ? 2 : 1);
    }

    /** A predefined operation on elements of this type. */
    Reduction reduction(Operator operator) {
        boolean fits = operator.locates() ? width == 2 : operator.accepts(element);
        if (!fits) {
            throw undefined(operator);
        }
        return operator.on(element);
    }

    final Failure undefined(Operator operator) {
        return new Failure(ErrorClass.OP, "operation " + operator + " is not defined on type " + name);
    }

    /** A key for attributes of types (section 7.7.4). */
    public static int createKeyval() {
        return Attributes.createKey();
    }

    /** Gives a key up: nothing can be attached under it any more. */
    public static void freeKeyval(int keyval) {
        Attributes.freeKey(keyval);
    }

    /** Attaches a value to this type; copies carry it too. */
    public void setAttr(int keyval, Object value) {
        attributes.set("Datatype.setAttr", keyval, value);
    }

    /** The value under a key, or null when there is none. */
    public @Nullable Object getAttr(int keyval) {
        return attributes.get("Datatype.getAttr", keyval);
    }

    /** Takes the value under a key away. */
    public void deleteAttr(int keyval) {
        attributes.delete("Datatype.deleteAttr", keyval);
    }

    /** The number of the primitive type that it is made of, {@link #baseType}. */
    public int getType() {
        return baseType;
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

    private int elements(long bytes) {
        return Math.toIntExact(bytes / element.sizeBytes());
    }

    private static void checkNotNegative(String what, int value) {
        if (value < 0) {
            throw new MPIException(ErrorClass.ARG, what + " is " + value + "; it may not be negative");
        }
    }
}
