package mpi;

import io.muster.mpi.engine.ErrorClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hints by name, in the order in which they were set (MPI 4.1, chapter 10). Not for two threads at once. */
public class Info implements Freeable, Cloneable {
    private @Nullable Map<String, String> hints;

    /** Without hints. */
    public Info() {
        this(new LinkedHashMap<>());
    }

    private Info(@Nullable Map<String, String> hints) {
        this.hints = hints;
    }

    /** The null info. */
    static Info nothing() {
        return new Info((Map<String, String>) null);
    }

    /** What is known of this process's start (section 11.2.1); a longer value ends where the longest would. */
    static Info ofEnvironment() {
        Info info = new Info();
        info.set("command", longest(System.getProperty("sun.java.command", "")));
        info.set("wdir", longest(System.getProperty("user.dir", "")));
        info.set("arch", longest(System.getProperty("os.arch", "")));
        info.set("thread_level", "MPI_THREAD_MULTIPLE");
        return info;
    }

    private static String longest(String value) {
        return value.substring(0, Math.min(value.length(), MPI.MAX_INFO_VAL));
    }

    /** Sets a hint; in place of an earlier one of this name. */
    public void set(String key, String value) {
        if (key.isEmpty() || key.length() > MPI.MAX_INFO_KEY || value.length() > MPI.MAX_INFO_VAL) {
            throw new MPIException(
                    key.isEmpty() || key.length() > MPI.MAX_INFO_KEY ? ErrorClass.INFO_KEY : ErrorClass.INFO_VALUE,
                    "Info.set: keys have 1 to " + MPI.MAX_INFO_KEY + " characters and values at most "
                            + MPI.MAX_INFO_VAL + "; these have " + key.length() + " and " + value.length());
        }
        hints().put(key, value);
    }

    /** The value of a hint, or null when it is not set. */
    public @Nullable String get(String key) {
        return hints().get(key);
    }

    /** Removes a hint; throws when there is none of this name. */
    public void delete(String key) {
        if (hints().remove(key) == null) {
            throw new MPIException(ErrorClass.INFO_NOKEY, "Info.delete: no hint is called " + key);
        }
    }

    public int size() {
        return hints().size();
    }

    /** The name of the n-th hint, from 0 on. */
    public String getKey(int i) {
        if (i < 0 || i >= hints().size()) {
            throw new MPIException(
                    ErrorClass.ARG, "Info.getKey: " + i + " is none of the " + hints().size() + " hints");
        }
        return new ArrayList<>(hints().keySet()).get(i);
    }

    /** An info with the same hints. */
    public Info dup() {
        return new Info(new LinkedHashMap<>(hints()));
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Info clone() {
        return dup();
    }

    @Override
    public void free() {
        hints();
        hints = null;
    }

    /** Whether it is freed, or the null info. */
    public boolean isNull() {
        return hints == null;
    }

    private Map<String, String> hints() {
        Map<String, String> open = hints;
        if (open == null) {
            throw new MPIException(ErrorClass.INFO, "the info is null or freed");
        }
        return open;
    }
}
