package mpi;

import io.muster.mpi.buffer.ComplexProducts;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.buffer.Reduction;
import io.muster.mpi.onesided.Fold;

/** Complex numbers: a real and an imaginary part each. They can be added and multiplied. */
final class ComplexType extends Datatype {
    ComplexType(ElementType part, String name) {
        super(part, 2, name);
    }

    @Override
    Reduction reduction(Operator operator) {
        if (operator == Operator.SUM) {
            return operator.on(element);
        }
        if (operator != Operator.PROD) {
            throw undefined(operator);
        }
        if (element == ElementType.FLOAT) {
            return (in, at, inOut, outAt, n) -> ComplexProducts.floats((float[]) in, at, (float[]) inOut, outAt, n);
        }
        return (in, at, inOut, outAt, n) -> ComplexProducts.doubles((double[]) in, at, (double[]) inOut, outAt, n);
    }

    @Override
    Fold ownFold(Operator operator) {
        return new Fold(operator, Fold.Kind.COMPLEX, element, 2);
    }

    @Override
    public Datatype dup() {
        return withAttributes(new ComplexType(element, getName()));
    }
}
