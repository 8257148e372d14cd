package io.muster.launch;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Files;
import java.nio.file.Path;

/** The few calls of the C library that Java has no name for. */
public final class Posix {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int SIGHUP = 1;
    private static final long SIG_IGN = 1;
    private static final long SIG_ERR = -1;

    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int WNOHANG = 1;

    private Posix() {}

    public interface ProcessControl {
        int call(int option, long argument);
    }

    public interface WaitForChild {
        int call(int pid, long status, int options);
    }

    public interface NoArguments {
        int call();
    }

    public interface SignalAction {
        long call(int signal, long action);
    }

    /**
     * {@code pid_t setsid(void)}: leaves the session of the caller's parent, so that its end does not reach this
     * process.
     *
     * @return false when this process leads a group already, which serves as well
     */
    public static boolean setsid() {
        if (leadsItsSession()) {
            return true;
        }
        MethodHandle setsid = handle("setsid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
        return MethodHandleProxies.asInterfaceInstance(NoArguments.class, setsid)
                        .call()
                >= 0;
    }

    /**
     * {@code signal(SIGHUP, SIG_IGN)}: a terminal that goes away does not end this process.
     *
     * @return whether it is ignored now
     */
    public static boolean ignoreHangUp() {
        if (ignoresHangUp()) {
            return true;
        }
        MethodHandle signal = handle(
                "signal", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        return MethodHandleProxies.asInterfaceInstance(SignalAction.class, signal)
                        .call(SIGHUP, SIG_IGN)
                != SIG_ERR;
    }

    /**
     * {@code prctl(PR_SET_CHILD_SUBREAPER, 1)}: descendants whose parent ends become children of this process.
     *
     * @return whether they do now
     */
    static boolean becomeSubreaper() {
        MethodHandle prctl = handle(
                "prctl",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        return MethodHandleProxies.asInterfaceInstance(ProcessControl.class, prctl)
                        .call(PR_SET_CHILD_SUBREAPER, 1)
                == 0;
    }

    /** {@code waitpid(pid, NULL, WNOHANG)}: takes note of a child that has ended, so that it goes. */
    static void reap(long pid) {
        MethodHandle waitpid = handle(
                "waitpid",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        int _ = MethodHandleProxies.asInterfaceInstance(WaitForChild.class, waitpid)
                .call(Math.toIntExact(pid), 0, WNOHANG);
    }

    // A call of the C library costs a JVM that has just started a tenth of a second: only where it is needed.

    /** Whether {@code setsid} of the shell has done it: field 6 of {@code stat}, counted behind the name. */
    private static boolean leadsItsSession() {
        String stat = read("/proc/self/stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > 3
                && fields[3].equals(Long.toString(ProcessHandle.current().pid()));
    }

    /** Whether {@code trap '' HUP} or {@code nohup} has done it: bit 0 of the signals that are ignored. */
    private static boolean ignoresHangUp() {
        return read("/proc/self/status")
                .lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Character.digit(line.charAt(line.length() - 1), 16) & 1) == 1);
    }

    /** Empty where the file cannot be read; the system is asked then. */
    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }

    @SuppressWarnings("restricted")
    static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }
}
