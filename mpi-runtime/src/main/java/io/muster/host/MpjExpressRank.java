package io.muster.host;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;

/**
 * Calls a program on MPJ Express: {@code MpjExpressRank <main class> <arguments of the library and the program>}. The
 * library has threads that keep a JVM alive whose {@code main} has thrown, so that a job would not end; here it ends
 * with 1, as any other program does.
 */
public final class MpjExpressRank {
    private static final int THROWN = 1;

    private MpjExpressRank() {}

    /** Runs the program's {@code main} on this thread. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Method program = Class.forName(arguments[0]).getMethod("main", String[].class);
        program.setAccessible(true);
        try {
            program.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            Thread main = Thread.currentThread();
            main.getUncaughtExceptionHandler().uncaughtException(main, Objects.requireNonNullElse(e.getCause(), e));
            System.exit(THROWN);
        }
    }
}
