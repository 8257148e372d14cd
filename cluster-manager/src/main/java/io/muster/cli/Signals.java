package io.muster.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Sends SIGINT, SIGTERM and SIGHUP of this process to a listener instead of ending it.
 *
 * <p>Reached by reflection: the one class of the JDK that can do it is not part of its documented API. Where it is
 * missing, signals end the process as ever and the next command on the cluster repairs.
 */
final class Signals {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private Signals() {}

    /** Has {@code listener} called, in a thread of the JVM, at each of these signals. */
    @SuppressWarnings("ReferenceEquality")
    static void listen(List<String> names, Runnable listener) {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            InvocationHandler invocation = (self, method, args) -> switch (method.getName()) {
                case "handle" -> {
                    listener.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> args != null && self == args[0];
                default -> "signal listener";
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
            Object ignore = handler.getField("SIG_IGN").get(null);
            for (String name : names) {
                Object number = signal.getConstructor(String.class).newInstance(name);
                Object before = signal.getMethod("handle", signal, handler).invoke(null, number, proxy);
                // Who started this command in the background wants it to outlive the terminal.
                if (ignore.equals(before)) {
                    signal.getMethod("handle", signal, handler).invoke(null, number, ignore);
                }
            }
        } catch (ReflectiveOperationException e) {
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.DEBUG, "signals keep their default", e);
        }
    }
}
