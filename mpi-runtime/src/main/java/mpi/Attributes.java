package mpi;

import io.muster.mpi.engine.ErrorClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a program has attached to an object under keys of its own (MPI 4.1, section 7.7). Thread-safe. */
final class Attributes {
    private static final Object LOCK = new Object();

    /** Keys of a program do not meet the predefined ones. */
    private static final int FIRST_KEY = 100;

    private static final Set<Integer> KEYS = new HashSet<>();
    private static int nextKey = FIRST_KEY;

    private final Map<Integer, Object> values = new HashMap<>();

    static int createKey() {
        synchronized (LOCK) {
            KEYS.add(nextKey);
            return nextKey++;
        }
    }

    static void freeKey(int key) {
        synchronized (LOCK) {
            if (!KEYS.remove(key)) {
                throw new MPIException(ErrorClass.KEYVAL, "freeKeyval: " + key + " is no key");
            }
        }
    }

    void set(String call, int key, Object value) {
        synchronized (LOCK) {
            if (!KEYS.contains(key)) {
                throw unknown(call, key);
            }
            values.put(key, value);
        }
    }

    /** The value, or null when there is none. */
    @Nullable
    Object get(String call, int key) {
        synchronized (LOCK) {
            if (!KEYS.contains(key) && !values.containsKey(key)) {
                throw unknown(call, key);
            }
            return values.get(key);
        }
    }

    void delete(String call, int key) {
        synchronized (LOCK) {
            if (values.remove(key) == null && !KEYS.contains(key)) {
                throw unknown(call, key);
            }
        }
    }

    /** Takes over all values of {@code others}, as a copy of the object does. */
    void copy(Attributes others) {
        synchronized (LOCK) {
            values.putAll(others.values);
        }
    }

    private static MPIException unknown(String call, int key) {
        return new MPIException(ErrorClass.KEYVAL, call + ": keyval " + key + " is none that createKeyval made");
    }
}
