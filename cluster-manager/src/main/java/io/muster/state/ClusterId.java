package io.muster.state;

/**
 * One cluster in the life of the store. A name comes back after its cluster was destroyed, an id never does.
 *
 * @param value from 1
 */
public record ClusterId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
