package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.buffer.PackedPairs;
import io.muster.mpi.buffer.Reduction;
import io.muster.mpi.buffer.Signature;
import io.muster.mpi.onesided.Fold;

/** A value of one type and an {@code int} index, for MAXLOC and MINLOC; laid out as in C. */
final class PairType extends Datatype {
    private final ElementType value;

    PairType(ElementType value, CopyPlan plan, String name) {
        super(ElementType.BYTE, plan, name);
        this.value = value;
        int[] widths = {value.sizeBytes(), Integer.BYTES};
        Signature[] parts = {Signature.of(widths[0]), Signature.of(widths[1])};
        signed(Signature.joined(parts, new long[] {widths[0], widths[1]}));
    }

    @Override
    Reduction reduction(Operator operator) {
        if (!operator.locates()) {
            throw undefined(operator);
        }
        return PackedPairs.reduction(operator, value);
    }

    @Override
    Fold ownFold(Operator operator) {
        return new Fold(operator, Fold.Kind.PAIR, value, 2);
    }

    @Override
    public Datatype dup() {
        return withAttributes(new PairType(value, plan, getName()));
    }
}
