package io.muster.mpi.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of one context that nobody has asked for yet: one line in order of arrival, and one a source. */
final class UnexpectedQueue {
    private @Nullable Unexpected first;
    private @Nullable Unexpected last;
    private @Nullable Unexpected[] firstOf;
    private @Nullable Unexpected[] lastOf;

    UnexpectedQueue(int worldSize) {
        firstOf = new Unexpected[worldSize];
        lastOf = new Unexpected[worldSize];
    }

    void add(Unexpected message) {
        if (message.source >= firstOf.length) {
            // A process of another job, which came later.
            firstOf = Arrays.copyOf(firstOf, message.source + 1);
            lastOf = Arrays.copyOf(lastOf, message.source + 1);
        }
        message.previous = last;
        if (last == null) {
            first = message;
        } else {
            last.next = message;
        }
        last = message;

        Unexpected lastOfSource = lastOf[message.source];
        message.previousOfSource = lastOfSource;
        if (lastOfSource == null) {
            firstOf[message.source] = message;
        } else {
            lastOfSource.nextOfSource = message;
        }
        lastOf[message.source] = message;
    }

    /** The oldest message that {@code source} and {@code tag}, each possibly any, take. */
    @Nullable
    Unexpected find(int source, int tag) {
        if (source == Matcher.ANY) {
            Unexpected message = first;
            while (message != null && tag != Matcher.ANY && message.tag != tag) {
                message = message.next;
            }
            return message;
        }
        Unexpected message = source < firstOf.length ? firstOf[source] : null;
        while (message != null && tag != Matcher.ANY && message.tag != tag) {
            message = message.nextOfSource;
        }
        return message;
    }

    /** All messages, in order of arrival. */
    List<Unexpected> all() {
        List<Unexpected> messages = new ArrayList<>();
        for (Unexpected message = first; message != null; message = message.next) {
            messages.add(message);
        }
        return messages;
    }

    void remove(Unexpected message) {
        if (message.previous == null) {
            first = message.next;
        } else {
            message.previous.next = message.next;
        }
        if (message.next == null) {
            last = message.previous;
        } else {
            message.next.previous = message.previous;
        }
        if (message.previousOfSource == null) {
            firstOf[message.source] = message.nextOfSource;
        } else {
            message.previousOfSource.nextOfSource = message.nextOfSource;
        }
        if (message.nextOfSource == null) {
            lastOf[message.source] = message.previousOfSource;
        } else {
            message.nextOfSource.previousOfSource = message.previousOfSource;
        }
    }
}
