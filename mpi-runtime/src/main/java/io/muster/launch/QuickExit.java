package io.muster.launch;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends this process at once. The JVM's own way waits 300 ms for threads that are inside a system call, and where
 * virtual threads read from sockets there always is one. A call of the C library does not, but costs a tenth of a
 * second the first time, which is spent while this process waits for others.
 */
public final class QuickExit {
    /** Less than the JVM would wait. */
    private static final long PATIENCE_MS = 200;

    /** Set in processes whose start the build records: the record is written when the JVM ends in its own way. */
    private static final boolean RECORDED = Boolean.getBoolean("muster.recorded");

    private static final FutureTask<ExitCall> EXIT = new FutureTask<>(QuickExit::link);
    private static final Queue<Path> TO_DELETE = new ConcurrentLinkedQueue<>();
    private static volatile boolean prepared;

    private QuickExit() {}

    /** {@code void _exit(int)}. */
    public interface ExitCall {
        void call(int code);
    }

    /** Whether processes may be ended before their JVM ends by itself. */
    public static boolean isAllowed() {
        return !RECORDED;
    }

    /** Has a file be deleted when this process ends by itself, quickly or not. */
    public static void deleteAtEnd(Path file) {
        file.toFile().deleteOnExit();
        TO_DELETE.add(file);
    }

    /** Makes {@link #exit} quick, in a thread of its own, unless this JVM warns of calls of the C library. */
    public static void prepare() {
        if (!QuickExit.class.getModule().isNativeAccessEnabled()) {
            return;
        }
        prepared = true;
        Thread.ofPlatform().name("prepare-exit").daemon().start(EXIT);
    }

    /**
     * Ends this process: no shutdown hook runs, and nothing that is buffered is written. Without {@link #prepare} it
     * does what {@link Runtime#halt} does, but for files to be deleted.
     */
    public static void exit(int code) {
        for (Path file : TO_DELETE) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                System.err.println("left behind: " + file + " (" + e + ")");
            }
        }
        try {
            if (prepared && isAllowed()) {
                EXIT.get(PATIENCE_MS, TimeUnit.MILLISECONDS).call(code);
            }
        } catch (ExecutionException | TimeoutException e) {
            // The other way it takes longer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }

    private static ExitCall link() {
        MethodHandle exit = Posix.handle("_exit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        return MethodHandleProxies.asInterfaceInstance(ExitCall.class, exit);
    }
}
