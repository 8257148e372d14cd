package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mpjbuf.Buffer;

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
            return pack(comm, in, offset, count, type, ByteBuffer.wrap(out), position);
        } catch (Failure e) {
            throw comm.raise(call, values(count, type, position), e);
        }
    }

    /** Into the static region of a buffer, which then ends behind the elements; objects too, so that they travel. */
    static int pack(CommBase comm, Object in, int offset, int count, Datatype type, Buffer out, int position) {
        try {
            if (!out.isWritable()) {
                throw new Failure(ErrorClass.BUFFER, "the buffer is committed or freed: call clear before this call");
            }
            int end = pack(comm, in, offset, count, type, Area.staticBytes(out), position);
            out.setSize(end);
            return end;
        } catch (Failure e) {
            throw comm.raise("Pack", values(count, type, position), e);
        }
    }

    private static int pack(
            CommBase comm, Object in, int offset, int count, Datatype type, ByteBuffer out, int position) {
        comm.core();
        byte[] packed = type.isObject()
                ? withLength(ObjectReceive.bytesOf(in, offset, count))
                : Area.of(in, offset, count, type).packed();
        check(out, position, packed.length);
        out.put(position, packed);
        return position + packed.length;
    }

    static int unpack(
            CommBase comm, String call, byte[] in, int position, Object out, int offset, int count, Datatype type) {
        try {
            return unpack(comm, ByteBuffer.wrap(in), position, out, offset, count, type);
        } catch (Failure e) {
            throw comm.raise(call, values(count, type, position), e);
        }
    }

    static int unpack(CommBase comm, Buffer in, int position, Object out, int offset, int count, Datatype type) {
        try {
            return unpack(comm, Area.staticBytes(in), position, out, offset, count, type);
        } catch (Failure e) {
            throw comm.raise("Unpack", values(count, type, position), e);
        }
    }

    private static int unpack(
            CommBase comm, ByteBuffer in, int position, Object out, int offset, int count, Datatype type) {
        comm.core();
        if (type.isObject()) {
            return unpackObjects(in, position, out, offset, count);
        }
        Area area = Area.of(out, offset, count, type);
        check(in, position, area.bytes());
        Memory.copy(in.array(), in.arrayOffset() + (long) position, area.base(), area.offset(), area.bytes());
        return position + Math.toIntExact(area.bytes());
    }

    private static int unpackObjects(ByteBuffer in, int position, Object out, int offset, int count) {
        check(in, position, Integer.BYTES);
        int length = in.order(ByteOrder.nativeOrder()).getInt(position);
        int start = position + Integer.BYTES;
        check(in, start, length);
        ObjectReceive.into(out, offset, count).read(in.array(), in.arrayOffset() + start, length);
        return start + length;
    }

    private static byte[] withLength(byte[] objects) {
        byte[] packed = new byte[Integer.BYTES + objects.length];
        Memory.copy(new int[] {objects.length}, 0, packed, 0, Integer.BYTES);
        System.arraycopy(objects, 0, packed, Integer.BYTES, objects.length);
        return packed;
    }

    private static void check(ByteBuffer packed, int position, long bytes) {
        if (position < 0 || bytes < 0 || bytes > packed.limit() - position) {
            throw new Failure(
                    ErrorClass.TRUNCATE,
                    bytes + " bytes from position " + position + " on are not within the buffer of " + packed.limit());
        }
    }

    private static String values(int count, Datatype type, int position) {
        return "count=" + count + ", type=" + type + ", position=" + position;
    }
}
