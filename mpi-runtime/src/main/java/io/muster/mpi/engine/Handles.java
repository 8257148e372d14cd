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

    @SuppressWarnings("unchecked") // only add() fills the slots
    T get(int handle) {
        Object found = handle >= 0 && handle < slots.length ? slots[handle] : null;
        if (found == null) {
            throw new Failure(ErrorClass.INTERN, "a peer refers to operation " + handle + ", which does not exist");
        }
        return (T) found;
    }

    T remove(int handle) {
        T operation = get(handle);
        slots[handle] = null;
        free[freeCount++] = handle;
        return operation;
    }

    int size() {
        return used - freeCount;
    }
}
