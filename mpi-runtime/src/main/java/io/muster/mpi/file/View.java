package io.muster.mpi.file;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;

/**
 * What a rank sees of a file (MPI 4.1, section 14.3). Positions in the data are in bytes here; pointers count etypes.
 *
 * @param displacement where the view begins in the file, in bytes
 * @param etypeBytes the size of an etype
 */
record View(long displacement, int etypeBytes, Tiling tiling, DataRepresentation representation) {
    /** Where a byte of the data lies in the file. */
    long offsetOf(long position) {
        return displacement + (tiling.size() == 0 ? 0 : tiling.offsetOf(position));
    }

    RunList runs(long position, long length) {
        if (length > 0 && tiling.size() == 0) {
            throw new Failure(ErrorClass.TYPE, "the filetype of the view has no data; the access has " + length);
        }
        return tiling.runs(displacement, position, length);
    }

    /** How many bytes of the data lie before {@code offset} of the file. */
    long bytesBefore(long offset) {
        return tiling.size() == 0 ? 0 : tiling.bytesBefore(offset - displacement);
    }

    /** The first etype behind the end of a file of so many bytes. */
    long endOf(long fileBytes) {
        return Math.ceilDiv(bytesBefore(fileBytes), etypeBytes);
    }

    /** The etypes that {@code bytes} are; throws when it is no whole number. */
    long etypes(long bytes) {
        if (bytes % etypeBytes != 0) {
            throw new Failure(
                    ErrorClass.TYPE, bytes + " bytes are no whole number of etypes, which have " + etypeBytes);
        }
        return bytes / etypeBytes;
    }
}
