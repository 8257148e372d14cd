package mpi;

import io.muster.mpi.engine.ErrorClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rank says that nothing catches the loss of another one for: a line. The one that failed has said why; a stack
 * trace of each rank that waited for it would hide that.
 */
final class Survivors {
    private static final int MAX_CAUSES = 16;

    private Survivors() {}

    /** Has the calling thread say a line, unless the program has a handler of its own. */
    static void speakBriefly() {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        if (thread.getUncaughtExceptionHandler().equals(group)) {
            thread.setUncaughtExceptionHandler((failed, failure) -> say(group, failed, failure));
        }
    }

    private static void say(ThreadGroup group, Thread thread, Throwable failure) {
        Optional<String> line = Thread.getDefaultUncaughtExceptionHandler() == null ? line(failure) : Optional.empty();
        if (line.isPresent()) {
            System.err.println(line.get());
        } else {
            group.uncaughtException(thread, failure);
        }
    }

    /** The line, when a rank was lost, with the place in the program that waited for it. */
    static Optional<String> line(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(cause ->
                        cause instanceof MPIException mpi && mpi.getErrorClass() == ErrorClass.PROC_ABORTED.code())
                .findFirst()
                .map(lost -> lost.getMessage() + place(lost));
    }

    private static String place(Throwable lost) {
        return Arrays.stream(lost.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("mpi.")
                        && !frame.getClassName().startsWith("io.muster."))
                .findFirst()
                .map(frame -> " (at " + frame.getClassName() + "." + frame.getMethodName() + ", " + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }
}
