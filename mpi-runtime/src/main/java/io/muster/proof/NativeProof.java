package io.muster.proof;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rank of a C library: {@code NativeProof openmpi|mpich}. Calls MPI_Init, MPI_Allreduce and MPI_Finalize of the
 * library that the node has, so that no compiler is needed there. Handles are those of the two libraries' ABIs.
 */
@SuppressWarnings("restricted") // it calls C, as the option of its JVM allows
public final class NativeProof {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int VERSION_BYTES = 16 << 10;
    private static final Pattern NUMBER = Pattern.compile("(?:v|Version:?\\s*|Library )(\\d+[.\\d\\w]*)");

    private static final int MPICH_COMM_WORLD = 0x44000000;
    private static final int MPICH_INT = 0x4c000405;
    private static final int MPICH_SUM = 0x58000003;

    private final SymbolLookup library;

    private NativeProof(SymbolLookup library) {
        this.library = library;
    }

    /** Runs the proof; throws when something does not fit, and then exits with 1. */
    public static void main(String[] arguments) throws Throwable {
        boolean openMpi = "openmpi".equals(arguments[0]);
        NativeProof proof = new NativeProof(open(
                openMpi
                        ? List.of("libmpi.so.40", "libmpi.so.80", "libmpi.so")
                        : List.of("libmpi.so.12", "libmpich.so.12", "libmpi.so", "libmpich.so")));
        try (Arena arena = Arena.ofConfined()) {
            proof.run(openMpi, arena);
        }
    }

    private static SymbolLookup open(List<String> names) {
        for (String name : names) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException e) {
                // The next name; that none is there is said below.
            }
        }
        throw new IllegalStateException("node " + System.getenv().getOrDefault("MUSTER_NODE_NAME", "") + " has no "
                + names.getFirst() + ": is the library installed there, and not its launcher alone?");
    }

    private void run(boolean openMpi, Arena arena) throws Throwable {
        MemorySegment text = arena.allocate(VERSION_BYTES);
        MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
        call("MPI_Get_library_version", text, out);
        Proof.version(number(text.getString(0)));
        call("MPI_Init", MemorySegment.NULL, MemorySegment.NULL);
        Object world = openMpi ? symbol("ompi_mpi_comm_world") : MPICH_COMM_WORLD;
        call("MPI_Comm_rank", world, out);
        MemorySegment rank = arena.allocateFrom(ValueLayout.JAVA_INT, out.get(ValueLayout.JAVA_INT, 0));
        call("MPI_Comm_size", world, out);
        int size = out.get(ValueLayout.JAVA_INT, 0);
        call(
                "MPI_Allreduce",
                rank,
                out,
                1,
                openMpi ? symbol("ompi_mpi_int") : MPICH_INT,
                openMpi ? symbol("ompi_mpi_op_sum") : MPICH_SUM,
                world);
        int sum = out.get(ValueLayout.JAVA_INT, 0);
        Proof.check(size, sum);
        call("MPI_Finalize");
    }

    /** The number in what a library says of its version; its first line when there is none. */
    static String number(String said) {
        Matcher found = NUMBER.matcher(said);
        return found.find() ? found.group(1) : said.lines().findFirst().orElse("");
    }

    private MemorySegment symbol(String name) {
        return library.find(name)
                .orElseThrow(() -> new IllegalStateException(
                        "the library on node " + System.getenv().getOrDefault("MUSTER_NODE_NAME", "") + " has no "
                                + name + ": it is another one than its name says"));
    }

    private void call(String name, Object... arguments) throws Throwable {
        MemoryLayout[] layouts = Arrays.stream(arguments)
                .map(argument -> argument instanceof MemorySegment ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT)
                .toArray(MemoryLayout[]::new);
        Object code = LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts))
                .invokeWithArguments(arguments);
        if (!code.equals(0)) {
            throw new IllegalStateException(name + " failed with code " + code);
        }
    }
}
