package io.muster.launch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;

/** The few calls of the C library that Java has no name for. */
public final class Posix {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int SIGHUP = 1;
    private static final long SIG_IGN = 1;
    private static final long SIG_ERR = -1;

    private Posix() {}

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
        MethodHandle signal = handle(
                "signal", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        return MethodHandleProxies.asInterfaceInstance(SignalAction.class, signal)
                        .call(SIGHUP, SIG_IGN)
                != SIG_ERR;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }
}
