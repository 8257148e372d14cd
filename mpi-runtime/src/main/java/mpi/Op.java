package mpi;

import io.muster.mpi.buffer.Operator;
import io.muster.mpi.buffer.Reduction;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A reduction: predefined or the program's own. */
public class Op implements Freeable {
    /** The number of a predefined operation from 1 on, in the order of the standard; else what it was given. */
    public int opCode;

    private final @Nullable Operator operator;
    private final @Nullable User_function function;
    private final @Nullable UserFunction arrayFunction;
    private final boolean commutative;

    @SuppressWarnings("EnumOrdinal") // the order of the standard
    Op(Operator operator) {
        this.opCode = operator.ordinal() + 1;
        this.operator = operator;
        this.function = null;
        this.arrayFunction = null;
        this.commutative = true;
    }

    public Op(User_function function, boolean commutative) {
        this.operator = null;
        this.function = function;
        this.arrayFunction = null;
        this.commutative = commutative;
    }

    /** The same with a number for {@link #opCode}. */
    public Op(User_function function, boolean commute, int code) {
        this(function, commute);
        this.opCode = code;
    }

    public Op(UserFunction function, boolean commutative) {
        this.operator = null;
        this.function = null;
        this.arrayFunction = function;
        this.commutative = commutative;
    }

    public boolean isCommutative() {
        return commutative;
    }

    public boolean isNull() {
        return false;
    }

    @Override
    public void free() {}

    Folding on(Datatype type) {
        return new Folding(reduction(type), type.element, type.width, commutative);
    }

    /** Sets the objects of the second array to what this operation, which is not predefined, makes of both. */
    void combine(Object[] in, Object[] inOut, int count) {
        if (function != null) {
            function.Call(in, 0, inOut, 0, count, MPI.OBJECT);
        } else {
            Objects.requireNonNull(arrayFunction).call(in, inOut, count, MPI.OBJECT);
        }
    }

    boolean isPredefined() {
        return operator != null;
    }

    /** The predefined operator; only those update windows. */
    Operator operator() {
        if (operator == null) {
            throw new Failure(ErrorClass.OP, "only predefined operations update windows (section 12.3.4)");
        }
        return operator;
    }

    private Reduction reduction(Datatype type) {
        if (operator != null) {
            return type.reduction(operator);
        }
        if (function != null) {
            User_function user = function;
            return (in, inAt, inOut, inOutAt, count) -> user.Call(in, inAt, inOut, inOutAt, count / type.width, type);
        }
        return UserReductions.of(Objects.requireNonNull(arrayFunction), type);
    }

    @Override
    public String toString() {
        return operator == null ? "user operation" : operator.name();
    }
}
