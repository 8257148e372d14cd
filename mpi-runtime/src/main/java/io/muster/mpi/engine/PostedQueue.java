package io.muster.mpi.engine;

import org.jspecify.annotations.Nullable;

/** Posted receives in the order of posting; intrusive, so that nothing is allocated and removal is cheap. */
final class PostedQueue {
    private @Nullable ReceiveOperation first;
    private @Nullable ReceiveOperation last;

    void add(ReceiveOperation receive) {
        receive.previous = last;
        receive.next = null;
        if (last == null) {
            first = receive;
        } else {
            last.next = receive;
        }
        last = receive;
    }

    /** The oldest receive that takes {@code tag}. */
    @Nullable
    ReceiveOperation find(int tag) {
        ReceiveOperation receive = first;
        while (receive != null && receive.tag != tag && receive.tag != Matcher.ANY) {
            receive = receive.next;
        }
        return receive;
    }

    void remove(ReceiveOperation receive) {
        ReceiveOperation previous = receive.previous;
        ReceiveOperation next = receive.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        receive.previous = null;
        receive.next = null;
    }
}
