package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;

/** Elements as bytes in an array of the program: as they travel, in the byte order of the machine (MPI 4.1, 5.2). */
final class Packing {
    private Packing() {}

    static int size(CommBase comm, int count, Datatype type) {
        try {
            comm.core();
            if (count < 0 || type.isObject()) {
                throw new Failure(ErrorClass.ARG, "objects, or less than none, have no size before they are packed");
            }
            return Math.multiplyExact(count, type.getSize());
        } catch (Failure e) {
            throw comm.raise("packSize", "count=" + count + ", type=" + type, e);
        }
    }

    static int pack(
            CommBase comm, String call, Object in, int offset, int count, Datatype type, byte[] out, int position) {
        try {
            comm.core();
            byte[] packed = type.isObject()
                    ? withLength(ObjectReceive.bytesOf(in, offset, count))
                    : Area.of(in, offset, count, type).packed();
            check(out, position, packed.length);
            System.arraycopy(packed, 0, out, position, packed.length);
            return position + packed.length;
        } catch (Failure e) {
            throw comm.raise(call, "count=" + count + ", type=" + type + ", position=" + position, e);
        }
    }

    static int unpack(
            CommBase comm, String call, byte[] in, int position, Object out, int offset, int count, Datatype type) {
        try {
            comm.core();
            if (type.isObject()) {
                return unpackObjects(in, position, out, offset, count);
            }
            Area area = Area.of(out, offset, count, type);
            check(in, position, area.bytes());
            Memory.copy(in, position, area.base(), area.offset(), area.bytes());
            return position + Math.toIntExact(area.bytes());
        } catch (Failure e) {
            throw comm.raise(call, "count=" + count + ", type=" + type + ", position=" + position, e);
        }
    }

    private static int unpackObjects(byte[] in, int position, Object out, int offset, int count) {
        check(in, position, Integer.BYTES);
        int[] length = new int[1];
        Memory.copy(in, position, length, 0, Integer.BYTES);
        check(in, position + Integer.BYTES, length[0]);
        ObjectReceive.into(out, offset, count).read(in, position + Integer.BYTES, length[0]);
        return position + Integer.BYTES + length[0];
    }

    private static byte[] withLength(byte[] objects) {
        byte[] packed = new byte[Integer.BYTES + objects.length];
        Memory.copy(new int[] {objects.length}, 0, packed, 0, Integer.BYTES);
        System.arraycopy(objects, 0, packed, Integer.BYTES, objects.length);
        return packed;
    }

    private static void check(byte[] packed, int position, long bytes) {
        if (position < 0 || bytes < 0 || bytes > packed.length - position) {
            throw new Failure(
                    ErrorClass.TRUNCATE,
                    bytes + " bytes from position " + position + " on are not within the array of " + packed.length);
        }
    }
}
