package io.muster.mpi.file;

import java.nio.ByteBuffer;

/**
 * What a rank sends to an aggregator in a round, and an aggregator back, in big endian:
 *
 * <pre>
 *   request   | count int | count × (offset long, length long) | data, of a write |
 *   answer    | end of what the file has, long | data |
 * </pre>
 */
final class Parcel {
    private static final int RUN_BYTES = 2 * Long.BYTES;

    private Parcel() {}

    /** A request with room for {@code dataBytes} bytes at its end. */
    static byte[] request(RunList runs, int dataBytes) {
        if (runs.size() == 0) {
            return new byte[0];
        }
        byte[] parcel = new byte[Integer.BYTES + RUN_BYTES * runs.size() + dataBytes];
        ByteBuffer buffer = ByteBuffer.wrap(parcel).putInt(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            buffer.putLong(runs.offset(i)).putLong(runs.length(i));
        }
        return parcel;
    }

    static RunList runs(byte[] request) {
        RunList runs = new RunList();
        if (request.length > 0) {
            ByteBuffer buffer = ByteBuffer.wrap(request);
            int count = buffer.getInt();
            for (int i = 0; i < count; i++) {
                runs.add(buffer.getLong(), buffer.getLong());
            }
        }
        return runs;
    }

    /** Where the data of a request begin. */
    static int dataAt(RunList runs) {
        return Integer.BYTES + RUN_BYTES * runs.size();
    }

    /** An answer with room for data. */
    static byte[] answer(long end, int dataBytes) {
        byte[] parcel = new byte[Long.BYTES + dataBytes];
        ByteBuffer.wrap(parcel).putLong(end);
        return parcel;
    }

    static long end(byte[] answer) {
        return ByteBuffer.wrap(answer).getLong();
    }
}
