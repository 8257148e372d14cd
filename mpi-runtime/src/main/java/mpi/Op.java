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
    private final @Nullable Operator operator;
    private final @Nullable User_function function;
    private final @Nullable UserFunction arrayFunction;
    private final boolean commutative;

    Op(Operator operator) {
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

    private Reduction reduction(Datatype type) {
        if (operator != null) {
            boolean fits = operator.locates() ? type.width == 2 : operator.accepts(type.element);
            if (!fits) {
                throw new Failure(ErrorClass.OP, "operation " + operator + " is not defined on type " + type);
            }
            return operator.on(type.element);
        }
        if (function != null) {
            User_function user = function;
            return (in, inAt, inOut, inOutAt, count) -> user.Call(in, inAt, inOut, inOutAt, count / type.width, type);
        }
        UserFunction user = Objects.requireNonNull(arrayFunction);
        return (in, inAt, inOut, inOutAt, count) -> {
            Object left = type.element.newArray(count);
            Object right = type.element.newArray(count);
            System.arraycopy(in, inAt, left, 0, count);
            System.arraycopy(inOut, inOutAt, right, 0, count);
            user.call(left, right, count / type.width, type);
            System.arraycopy(right, 0, inOut, inOutAt, count);
        };
    }

    @Override
    public String toString() {
        return operator == null ? "user operation" : operator.name();
    }
}
