package mpi;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;

/** The constants of {@link MPI}, where programs find them. Public so that reflection reaches them. */
public abstract sealed class MPIConstants permits MPIBuffers {
    public static final int ANY_SOURCE = -1;
    public static final int ANY_TAG = -1;
    public static final int PROC_NULL = -2;
    public static final int ROOT = -4;
    public static final int UNDEFINED = -32766;

    /** Keys of the attributes that every communicator has (section 9.1.2). */
    public static final int TAG_UB = 0;

    public static final int HOST = 1;
    public static final int IO = 2;
    public static final int WTIME_IS_GLOBAL = 3;
    public static final int APPNUM = 4;
    public static final int LASTUSEDCODE = 5;
    public static final int UNIVERSE_SIZE = 6;

    /** Keys of the attributes that every window has (section 12.2.6). */
    public static final int WIN_BASE = 7;

    public static final int WIN_SIZE = 8;
    public static final int WIN_DISP_UNIT = 9;

    /** What a program asserts of the epochs of a window; they add up (section 12.5.5). */
    public static final int MODE_NOCHECK = 1;

    public static final int MODE_NOPRECEDE = 2;
    public static final int MODE_NOPUT = 4;
    public static final int MODE_NOSTORE = 8;
    public static final int MODE_NOSUCCEED = 16;

    /** How a window is locked (section 12.5.3). */
    public static final int LOCK_EXCLUSIVE = 1;

    public static final int LOCK_SHARED = 2;

    /** How a file is opened; they add up (section 14.2.1). */
    public static final int MODE_CREATE = 1;

    public static final int MODE_RDONLY = 2;
    public static final int MODE_WRONLY = 4;
    public static final int MODE_RDWR = 8;
    public static final int MODE_DELETE_ON_CLOSE = 16;
    public static final int MODE_UNIQUE_OPEN = 32;
    public static final int MODE_EXCL = 64;
    public static final int MODE_APPEND = 128;
    public static final int MODE_SEQUENTIAL = 256;

    /** What the pointer of a file is moved relative to: its start, the pointer, its end. */
    public static final int SEEK_SET = 600;

    public static final int SEEK_CUR = 602;
    public static final int SEEK_END = 604;

    /** The place of the shared pointer, as the displacement of a view of a sequential file. */
    public static final int DISPLACEMENT_CURRENT = -54_278_278;

    /** Orders and distributions of arrays (section 5.1.4), for programs that name them: no call takes them yet. */
    public static final int ORDER_C = 0;

    public static final int ORDER_FORTRAN = 1;
    public static final int DISTRIBUTE_BLOCK = 0;
    public static final int DISTRIBUTE_CYCLIC = 1;
    public static final int DISTRIBUTE_NONE = 2;
    public static final int DISTRIBUTE_DFLT_DARG = -1;

    /** No key at all. */
    public static final int KEYVAL_INVALID = -1;

    /** Longest name of a port. */
    public static final int MAX_PORT_NAME = 256;

    /** Longest name of a communicator in the Open MPI bindings, in characters; longer ones are kept whole here. */
    public static final int MAX_OBJECT_NAME = 64;

    /** Longest name and value of an {@link Info}, in characters. */
    public static final int MAX_INFO_KEY = 36;

    public static final int MAX_INFO_VAL = 256;

    /** Longest name of a data representation. */
    public static final int MAX_DATAREP_STRING = 128;

    /** Processors of the machine that this process may use. */
    public static final int NUM_OF_PROCESSORS = Runtime.getRuntime().availableProcessors();

    public static final int GRAPH = 1;
    public static final int CART = 2;
    public static final int DIST_GRAPH = 3;

    public static final int IDENT = 0;
    public static final int SIMILAR = 1;
    public static final int UNEQUAL = 2;
    public static final int CONGRUENT = 3;

    public static final int THREAD_SINGLE = 0;
    public static final int THREAD_FUNNELED = 1;
    public static final int THREAD_SERIALIZED = 2;
    public static final int THREAD_MULTIPLE = 3;

    /** Bytes that each message takes of an attached buffer beside its own. */
    public static final int BSEND_OVERHEAD = 128;

    /** Bytes that a message of MPJ Express takes of its buffers beside its own; nothing here. */
    public static final int SEND_OVERHEAD = 0;

    public static final int RECV_OVERHEAD = 0;

    public static final int VERSION = 4;
    public static final int SUBVERSION = 1;
    public static final int SUCCESS = 0;
    public static final int ERR_BUFFER = 1;
    public static final int ERR_COUNT = 2;
    public static final int ERR_TYPE = 3;
    public static final int ERR_TAG = 4;
    public static final int ERR_COMM = 5;
    public static final int ERR_RANK = 6;
    public static final int ERR_REQUEST = 7;
    public static final int ERR_ROOT = 8;
    public static final int ERR_GROUP = 9;
    public static final int ERR_OP = 10;
    public static final int ERR_TOPOLOGY = 11;
    public static final int ERR_DIMS = 12;
    public static final int ERR_ARG = 13;
    public static final int ERR_UNKNOWN = 14;
    public static final int ERR_TRUNCATE = 15;
    public static final int ERR_OTHER = 16;
    public static final int ERR_INTERN = 17;
    public static final int ERR_IN_STATUS = 18;
    public static final int ERR_PENDING = 19;
    public static final int ERR_ACCESS = 20;
    public static final int ERR_AMODE = 21;
    public static final int ERR_ASSERT = 22;
    public static final int ERR_BAD_FILE = 23;
    public static final int ERR_BASE = 24;
    public static final int ERR_CONVERSION = 25;
    public static final int ERR_DISP = 26;
    public static final int ERR_DUP_DATAREP = 27;
    public static final int ERR_FILE_EXISTS = 28;
    public static final int ERR_FILE_IN_USE = 29;
    public static final int ERR_FILE = 30;
    public static final int ERR_INFO_KEY = 31;
    public static final int ERR_INFO_NOKEY = 32;
    public static final int ERR_INFO_VALUE = 33;
    public static final int ERR_INFO = 34;
    public static final int ERR_IO = 35;
    public static final int ERR_KEYVAL = 36;
    public static final int ERR_LOCKTYPE = 37;
    public static final int ERR_NAME = 38;
    public static final int ERR_NO_MEM = 39;
    public static final int ERR_NOT_SAME = 40;
    public static final int ERR_NO_SPACE = 41;
    public static final int ERR_NO_SUCH_FILE = 42;
    public static final int ERR_PORT = 43;
    public static final int ERR_QUOTA = 44;
    public static final int ERR_READ_ONLY = 45;
    public static final int ERR_RMA_CONFLICT = 46;
    public static final int ERR_RMA_SYNC = 47;
    public static final int ERR_SERVICE = 48;
    public static final int ERR_SIZE = 49;
    public static final int ERR_SPAWN = 50;
    public static final int ERR_UNSUPPORTED_DATAREP = 51;
    public static final int ERR_UNSUPPORTED_OPERATION = 52;
    public static final int ERR_WIN = 53;
    public static final int ERR_PROC_ABORTED = 74;
    public static final int ERR_SYSRESOURCE = -2;
    public static final int ERR_LASTCODE = 92;

    /** A pair of values, for MAXLOC and MINLOC: the types with a 2. */
    public static final Datatype BYTE = new Datatype(ElementType.BYTE, 1, "MPI.BYTE");

    public static final Datatype CHAR = new Datatype(ElementType.CHAR, 1, "MPI.CHAR");
    public static final Datatype SHORT = new Datatype(ElementType.SHORT, 1, "MPI.SHORT");
    public static final Datatype BOOLEAN = new Datatype(ElementType.BOOLEAN, 1, "MPI.BOOLEAN");
    public static final Datatype INT = new Datatype(ElementType.INT, 1, "MPI.INT");
    public static final Datatype LONG = new Datatype(ElementType.LONG, 1, "MPI.LONG");
    public static final Datatype FLOAT = new Datatype(ElementType.FLOAT, 1, "MPI.FLOAT");
    public static final Datatype DOUBLE = new Datatype(ElementType.DOUBLE, 1, "MPI.DOUBLE");
    public static final Datatype SHORT2 = new Datatype(ElementType.SHORT, 2, "MPI.SHORT2");
    public static final Datatype INT2 = new Datatype(ElementType.INT, 2, "MPI.INT2");
    public static final Datatype LONG2 = new Datatype(ElementType.LONG, 2, "MPI.LONG2");
    public static final Datatype FLOAT2 = new Datatype(ElementType.FLOAT, 2, "MPI.FLOAT2");
    public static final Datatype DOUBLE2 = new Datatype(ElementType.DOUBLE, 2, "MPI.DOUBLE2");
    public static final Datatype PACKED = new Datatype(ElementType.BYTE, 1, "MPI.PACKED");

    /** Entries of {@link Datatype#Struct} that carry nothing: their displacements are the bounds of the structure. */
    public static final Datatype LB = new Datatype(ElementType.BYTE, 0, "MPI.LB");

    public static final Datatype UB = new Datatype(ElementType.BYTE, 0, "MPI.UB");

    /** Complex numbers: two elements of an array each. They can be added and multiplied. */
    public static final Datatype FLOAT_COMPLEX = new ComplexType(ElementType.FLOAT, "MPI.FLOAT_COMPLEX");

    public static final Datatype DOUBLE_COMPLEX = new ComplexType(ElementType.DOUBLE, "MPI.DOUBLE_COMPLEX");

    /** Pairs of a value and an index in byte arrays and byte buffers, for MAXLOC and MINLOC. */
    public static final Int2 int2 = new Int2();

    public static final ShortInt shortInt = new ShortInt();
    public static final LongInt longInt = new LongInt();
    public static final FloatInt floatInt = new FloatInt();
    public static final DoubleInt doubleInt = new DoubleInt();
    public static final Datatype SHORT_INT = shortInt.getType();
    public static final Datatype LONG_INT = longInt.getType();
    public static final Datatype FLOAT_INT = floatInt.getType();
    public static final Datatype DOUBLE_INT = doubleInt.getType();

    /** Java objects that can be serialized, in arrays of objects. Other types cannot be made of it. */
    public static final Datatype OBJECT = new Datatype(ElementType.BYTE, 1, "MPI.OBJECT");

    public static final Datatype DATATYPE_NULL = new Datatype(ElementType.BYTE, 0, "MPI.DATATYPE_NULL");

    /** The null type by its name in MPJ Express. */
    public static final Datatype NULL = DATATYPE_NULL;

    public static final Op MAX = new Op(Operator.MAX);
    public static final Op MIN = new Op(Operator.MIN);
    public static final Op SUM = new Op(Operator.SUM);
    public static final Op PROD = new Op(Operator.PROD);
    public static final Op LAND = new Op(Operator.LAND);
    public static final Op BAND = new Op(Operator.BAND);
    public static final Op LOR = new Op(Operator.LOR);
    public static final Op BOR = new Op(Operator.BOR);
    public static final Op LXOR = new Op(Operator.LXOR);
    public static final Op BXOR = new Op(Operator.BXOR);
    public static final Op MAXLOC = new Op(Operator.MAXLOC);
    public static final Op MINLOC = new Op(Operator.MINLOC);

    /** Only for windows: the operand takes the place of what is there. */
    public static final Op REPLACE = new Op(Operator.REPLACE);

    /** Only for windows: what is there stays, and is fetched. */
    public static final Op NO_OP = new Op(Operator.NO_OP);

    public static final Group GROUP_EMPTY = Group.empty();
    public static final Group GROUP_NULL = Group.nothing();
    public static final Info INFO_NULL = Info.nothing();

    /** What is known of the start of this process: command, wdir, arch, thread_level. */
    public static final Info INFO_ENV = Info.ofEnvironment();

    public static final Errhandler ERRORS_ARE_FATAL = new Errhandler(true);
    public static final Errhandler ERRORS_ABORT = new Errhandler(true);
    public static final Errhandler ERRORS_RETURN = new Errhandler(false);

    /** A status that says nothing. */
    public static final Status EMPTY_STATUS = new Status();

    public static final Request REQUEST_NULL = new Request(BYTE);

    MPIConstants() {}
}
