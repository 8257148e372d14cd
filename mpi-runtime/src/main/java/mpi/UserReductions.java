package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.PackedView;
import io.muster.mpi.buffer.Reduction;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Reductions of a program's own on what messages carry: as arrays, or laid out in direct buffers. */
final class UserReductions {
    private UserReductions() {}

    static Reduction of(UserFunction function, Datatype type) {
        if (takesBuffers(function)) {
            return (in, inAt, inOut, inOutAt, count) -> onBuffers(function, type, in, inAt, inOut, inOutAt, count);
        }
        return (in, inAt, inOut, inOutAt, count) -> {
            Object left = type.element.newArray(count);
            Object right = type.element.newArray(count);
            System.arraycopy(in, inAt, left, 0, count);
            System.arraycopy(inOut, inOutAt, right, 0, count);
            function.call(left, right, count / type.width, type);
            System.arraycopy(right, 0, inOut, inOutAt, count);
        };
    }

    /** Whether it is written for buffers, and not for arrays. */
    private static boolean takesBuffers(UserFunction function) {
        return declares(function, ByteBuffer.class) && !declares(function, Object.class);
    }

    private static boolean declares(UserFunction function, Class<?> operand) {
        try {
            Class<?> owner = function.getClass()
                    .getMethod("call", operand, operand, int.class, Datatype.class)
                    .getDeclaringClass();
            return owner != UserFunction.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Operands are packed here; the program sees them with the gaps of their type. */
    private static void onBuffers(
            UserFunction function, Datatype type, Object in, int inAt, Object inOut, int inOutAt, int count) {
        int elements = count / type.width;
        long unit = type.element.sizeBytes();
        long packedBytes = count * unit;
        int room = Math.toIntExact((elements - 1L) * type.plan.extentBytes() + type.plan.endByte());
        ByteBuffer left = MPI.newByteBuffer(room);
        ByteBuffer right = MPI.newByteBuffer(room);
        Object packedRight = packed(right, type);
        Memory.copy(in, inAt * unit, packed(left, type), 0, packedBytes);
        Memory.copy(inOut, inOutAt * unit, packedRight, 0, packedBytes);
        function.call(left, right, elements, type);
        Memory.copy(packedRight, 0, inOut, inOutAt * unit, packedBytes);
    }

    private static Object packed(ByteBuffer buffer, Datatype type) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        return type.plan.isContiguous() ? memory : new PackedView(memory, 0, type.plan);
    }
}
