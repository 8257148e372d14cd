package io.muster.mpi.engine;

/** The error classes of the standard that the runtime raises (MPI 4.1, section 9.4), with the numbers of Open MPI. */
public enum ErrorClass {
    BUFFER(1),
    COUNT(2),
    TYPE(3),
    TAG(4),
    COMM(5),
    RANK(6),
    REQUEST(7),
    ROOT(8),
    GROUP(9),
    OP(10),
    TOPOLOGY(11),
    DIMS(12),
    ARG(13),
    TRUNCATE(15),
    OTHER(16),
    INTERN(17),
    INFO_KEY(31),
    INFO_NOKEY(32),
    INFO_VALUE(33),
    INFO(34),
    KEYVAL(36),
    UNSUPPORTED_OPERATION(52),
    PROC_ABORTED(74);

    private final int code;

    ErrorClass(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
