package io.muster.mpi.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings receives and messages together as the standard orders them (MPI 4.1, section 3.5): a message goes to the
 * receive that was posted first of those that take it, a receive gets the message that came first of those it takes.
 * Pure bookkeeping; one thread at a time.
 */
final class Matcher {
    /** Any source or any tag. */
    static final int ANY = -1;

    private final int worldSize;
    private final Contexts<Context> contexts = new Contexts<>();
    private long sequence;

    Matcher(int worldSize) {
        this.worldSize = worldSize;
    }

    /** A message has come: the receive that it goes to, which is no longer posted, or null. */
    @Nullable
    ReceiveOperation arrive(int context, int source, int tag) {
        Context in = context(context);
        PostedQueue ofSource = source < in.posted.length ? in.posted[source] : null;
        ReceiveOperation exact = ofSource == null ? null : ofSource.find(tag);
        ReceiveOperation any = in.postedAny.find(tag);
        if (exact != null && (any == null || exact.sequence < any.sequence)) {
            in.postedOf(source).remove(exact);
            return exact;
        }
        if (any != null) {
            in.postedAny.remove(any);
        }
        return any;
    }

    /** Keeps a message that {@link #arrive} had no receive for. */
    void keep(Unexpected message) {
        context(message.context).unexpected.add(message);
    }

    /** A receive is posted: the message it gets, which is no longer kept, or null. */
    @Nullable
    Unexpected post(ReceiveOperation receive) {
        Context in = context(receive.context);
        Unexpected message = in.unexpected.find(receive.source, receive.tag);
        if (message != null) {
            in.unexpected.remove(message);
            return message;
        }
        receive.sequence = sequence++;
        in.postedOf(receive.source).add(receive);
        return null;
    }

    /** The message that a receive would get, left where it is. */
    @Nullable
    Unexpected peek(int context, int source, int tag) {
        return context(context).unexpected.find(source, tag);
    }

    /** Takes a message that {@link #peek} found: it is no longer kept. */
    void take(Unexpected message) {
        context(message.context).unexpected.remove(message);
    }

    /** Takes back a receive that is posted and not matched. */
    void cancel(ReceiveOperation receive) {
        context(receive.context).postedOf(receive.source).remove(receive);
    }

    /** Forgets all about a context whose communicator is freed; returns the messages in it that nobody received. */
    List<Unexpected> forget(int context) {
        Context gone = contexts.remove(context);
        return gone == null ? List.of() : gone.unexpected.all();
    }

    /** Whether anything is known of a context. */
    boolean knows(int context) {
        return contexts.get(context) != null;
    }

    private Context context(int id) {
        Context found = contexts.get(id);
        if (found == null) {
            found = new Context(worldSize);
            contexts.put(id, found);
        }
        return found;
    }

    private static final class Context {
        @Nullable
        PostedQueue[] posted;

        final PostedQueue postedAny = new PostedQueue();
        final UnexpectedQueue unexpected;

        Context(int worldSize) {
            posted = new PostedQueue[worldSize];
            unexpected = new UnexpectedQueue(worldSize);
        }

        PostedQueue postedOf(int source) {
            if (source == ANY) {
                return postedAny;
            }
            if (source >= posted.length) {
                posted = Arrays.copyOf(posted, source + 1);
            }
            PostedQueue queue = posted[source];
            if (queue == null) {
                queue = new PostedQueue();
                posted[source] = queue;
            }
            return queue;
        }
    }
}
