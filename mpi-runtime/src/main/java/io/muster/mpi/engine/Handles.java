package io.muster.mpi.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Small numbers for operations that the other end refers to. */
final class Handles<T extends Operation> {
    private @Nullable Object[] slots = new Object[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used;

    int add(T operation) {
        int handle = freeCount > 0 ? free[--freeCount] : used++;
        if (handle == slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
            free = Arrays.copyOf(free, slots.length);
        }
        slots[handle] = operation;
        return handle;
    }

    /** The operation, or null when there is none with this number. */
    @SuppressWarnings("unchecked") // only add() fills the slots
    @Nullable
    T get(int handle) {
        return handle >= 0 && handle < slots.length ? (T) slots[handle] : null;
    }

    /** Frees the number of an operation that is there. */
    void remove(int handle) {
        slots[handle] = null;
        free[freeCount++] = handle;
    }

    int size() {
        return used - freeCount;
    }
}
