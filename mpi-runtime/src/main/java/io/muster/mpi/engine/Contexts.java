package io.muster.mpi.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map from context to what the matcher knows of it, without allocation when looked at. */
final class Contexts<T> {
    private static final int FREE = -1;

    private int[] keys = {FREE, FREE, FREE, FREE, FREE, FREE, FREE, FREE};
    private @Nullable Object[] values = new Object[keys.length];
    private int size;

    @SuppressWarnings("unchecked") // only put() fills the slots
    @Nullable
    T get(int context) {
        int slot = slotOf(context);
        return keys[slot] == FREE ? null : (T) values[slot];
    }

    void put(int context, T value) {
        if (2 * (size + 1) > keys.length) {
            resize(2 * keys.length);
        }
        int slot = slotOf(context);
        if (keys[slot] == FREE) {
            size++;
        }
        keys[slot] = context;
        values[slot] = value;
    }

    @Nullable
    T remove(int context) {
        T found = get(context);
        if (found != null) {
            // What was put after it may have passed its slot: all are put again.
            keys[slotOf(context)] = FREE;
            resize(keys.length);
        }
        return found;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    private void resize(int length) {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[length];
        Arrays.fill(keys, FREE);
        values = new Object[length];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            Object value = oldValues[i];
            if (oldKeys[i] != FREE && value != null) {
                put(oldKeys[i], (T) value);
            }
        }
    }

    private int slotOf(int context) {
        int mask = keys.length - 1;
        int slot = ((context * 0x9E3779B9) >>> 8) & mask;
        while (keys[slot] != FREE && keys[slot] != context) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
