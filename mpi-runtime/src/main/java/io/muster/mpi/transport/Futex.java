package io.muster.mpi.transport;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import org.jspecify.annotations.Nullable;

/**
 * Sleeping at a word of memory that processes share: futex(2) of Linux, called through the C library. Making the call
 * takes the JVM a quarter of a second once, so {@link #load} is for a thread that nobody waits for. Thread-safe.
 */
final class Futex {
    // Without FUTEX_PRIVATE_FLAG: the word is shared between processes.
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final long NOT_KNOWN = -1;

    private static volatile @Nullable Futex loaded;
    private static volatile @Nullable String missing;

    private final Call syscall;
    private final long number;

    /** {@code long syscall(long number, ...)} with the arguments of a futex. */
    public interface Call {
        long call(long number, long address, int operation, int value, long timeoutAddress);
    }

    private Futex(Call syscall, long number) {
        this.syscall = syscall;
        this.number = number;
    }

    /** The futex, when it was loaded and this system has it. */
    static @Nullable Futex loaded() {
        return loaded;
    }

    /** Why there is none, after a {@link #load} that failed. */
    static @Nullable String missing() {
        return missing;
    }

    /** Makes the call ready; returns whether this system has it. Blocks for a while the first time. */
    static synchronized boolean load() {
        if (loaded == null && missing == null) {
            long number = number(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
            if (number == NOT_KNOWN) {
                missing = "futexes are used on Linux on x86-64, AArch64 and RISC-V only";
                return false;
            }
            try {
                loaded = new Futex(link(), number);
            } catch (UnsupportedOperationException | IllegalCallerException | LinkageError e) {
                missing = "this JVM calls no C library: " + e.getMessage();
            }
        }
        return loaded != null;
    }

    private static long number(String system) {
        return switch (system) {
            case "Linux amd64" -> 202;
            case "Linux aarch64", "Linux riscv64" -> 98;
            default -> NOT_KNOWN;
        };
    }

    @SuppressWarnings("restricted")
    private static Call link() {
        Linker linker = Linker.nativeLinker();
        MethodHandle syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        return MethodHandleProxies.asInterfaceInstance(Call.class, syscall);
    }

    /**
     * Sleeps while the word at {@code address} holds {@code value}, until somebody wakes it or the time is over.
     *
     * @param timeoutAddress a struct timespec: seconds and nanoseconds, 64 bits each
     */
    void await(long address, int value, long timeoutAddress) {
        syscall.call(number, address, FUTEX_WAIT, value, timeoutAddress);
    }

    /** Wakes who sleeps at the word. */
    void wake(long address) {
        syscall.call(number, address, FUTEX_WAKE, Integer.MAX_VALUE, 0);
    }
}
