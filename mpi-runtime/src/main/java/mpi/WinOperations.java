package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.onesided.Block;
import io.muster.mpi.onesided.Fold;
import io.muster.mpi.onesided.Window;
import io.muster.mpi.transport.Frame;
import java.nio.Buffer;
import org.jspecify.annotations.Nullable;

/** Operations of a window: their arguments are checked and turned into bytes here. A null operation is done. */
final class WinOperations {
    private WinOperations() {}

    /** Elements at a target, as a program gives them. */
    record There(int rank, int displacement, int count, Datatype type) {
        Block block(Window window) {
            if (displacement < 0) {
                throw new Failure(ErrorClass.DISP, "displacement is " + displacement + "; it may not be negative");
            }
            checkElements(type);
            return new Block(displacement * (long) window.part(rank).unitBytes(), count, type.plan);
        }
    }

    static @Nullable Operation put(Window window, @Nullable Buffer origin, int count, Datatype type, There target) {
        Block block = target.block(window);
        Area area = Area.of(origin, 0, count, type);
        checkFits(area.bytes(), block);
        window.put(target.rank, area.base(), area.offset(), area.bytes(), block);
        return null;
    }

    static @Nullable Operation get(Window window, @Nullable Buffer origin, int count, Datatype type, There target) {
        Block block = target.block(window);
        Area area = Area.of(origin, 0, count, type);
        checkFits(area.bytes(), block);
        return window.get(target.rank, area.base(), area.offset(), area.bytes(), block);
    }

    static @Nullable Operation accumulate(
            Window window, @Nullable Buffer origin, int count, Datatype type, There target, Op op) {
        Block block = target.block(window);
        Fold fold = fold(target.type, op);
        checkSame(fold, fold(type, op), type, target.type);
        Area area = Area.of(origin, 0, count, type);
        checkFits(area.bytes(), block);
        if (fold.operator() != Operator.NO_OP) {
            window.accumulate(target.rank, fold, area.base(), area.offset(), area.bytes(), block);
        }
        return null;
    }

    /** The origin's elements are not looked at when the operation only fetches. */
    static @Nullable Operation getAccumulate(
            Window window,
            @Nullable Buffer origin,
            int count,
            Datatype type,
            @Nullable Buffer result,
            int resultCount,
            Datatype resultType,
            There target,
            Op op) {
        Block block = target.block(window);
        Fold fold = fold(target.type, op);
        checkSame(fold, fold(resultType, op), resultType, target.type);
        Area into = Area.of(result, 0, resultCount, resultType);
        Area from = new Area(Frame.NOTHING, 0, into.bytes());
        if (fold.operator() != Operator.NO_OP) {
            checkSame(fold, fold(type, op), type, target.type);
            from = Area.of(origin, 0, count, type);
        }
        checkFits(from.bytes(), block);
        if (from.bytes() != into.bytes()) {
            throw new Failure(
                    ErrorClass.COUNT, "the operand has " + from.bytes() + " bytes, the result " + into.bytes());
        }
        return window.getAccumulate(
                target.rank, fold, from.base(), from.offset(), into.base(), into.offset(), into.bytes(), block);
    }

    static @Nullable Operation compareAndSwap(
            Window window, Buffer origin, Buffer compare, Buffer result, There target) {
        Block block = target.block(window);
        Datatype type = target.type;
        if (!type.plan.isContiguous() || type.width != 1) {
            throw new Failure(ErrorClass.TYPE, type + " is not a single primitive element");
        }
        int size = type.getSize();
        byte[] values = new byte[2 * size];
        Area expected = Area.of(compare, 0, 1, type);
        Area replacement = Area.of(origin, 0, 1, type);
        Memory.copy(expected.base(), expected.offset(), values, 0, size);
        Memory.copy(replacement.base(), replacement.offset(), values, size, size);
        Area into = Area.of(result, 0, 1, type);
        return window.compareAndSwap(target.rank, values, into.base(), into.offset(), block.offset());
    }

    private static Fold fold(Datatype type, Op op) {
        checkElements(type);
        return type.fold(op.operator());
    }

    private static void checkElements(Datatype type) {
        if (type.isObject()) {
            throw new Failure(ErrorClass.TYPE, "objects are no memory of a window; use types of primitive elements");
        }
    }

    private static void checkSame(Fold fold, Fold other, Datatype type, Datatype targetType) {
        if (!fold.equals(other)) {
            throw new Failure(ErrorClass.TYPE, type + " and " + targetType + " are made of different predefined types");
        }
    }

    private static void checkFits(long bytes, Block block) {
        if (bytes > block.bytes()) {
            throw new Failure(
                    ErrorClass.TRUNCATE,
                    "the origin has " + bytes + " bytes, the elements at the target are " + block.bytes());
        }
    }
}
