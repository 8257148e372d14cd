package io.muster.mpi.onesided;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.engine.ReceiveOperation;
import io.muster.mpi.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A part of a window that only its own rank reaches: operations are messages to the {@link TargetService} there, which
 * does them in their order. Data leave before a call returns; what comes back is waited for by flushes. Thread-safe.
 */
final class MessageTarget implements Target {
    /** Tag of requests. */
    static final int REQUEST = 0;

    /** Data of a request have an even tag from here on, its answer has the next one. */
    private static final int FIRST_TAG = 16;

    private static final int MAX_NUMBER = (1 << 28) - 1;
    private static final int MAX_REASON = 1000;

    /** Accumulates are cut into requests of about this size, so that the target needs little room. */
    private static final int ACCUMULATE_BYTES = 64 << 10;

    /** What comes back is waited for when so many answers are out. */
    private static final int MAX_ANSWERS = 1024;

    private final Communicator core;
    private final int rank;
    private final AtomicInteger number = new AtomicInteger();
    private final ArrayDeque<Operation> answers = new ArrayDeque<>();
    private volatile boolean dirty;

    /** {@code rank} of the communicator. */
    MessageTarget(Communicator core, int rank) {
        this.core = core;
        this.rank = rank;
    }

    /** An answer that says whether all went well. */
    static final class Answer implements Flush {
        private final byte[] reason = new byte[MAX_REASON];
        private final ReceiveOperation receive;

        Answer(Communicator core, int from, int tag) {
            receive = core.startReceive(reason, 0, MAX_REASON, from, tag);
        }

        /** Waits; throws what went wrong at the target. */
        void await(Communicator core, int from) {
            core.engine().waitFor(receive);
            if (receive.storedBytes() > 0) {
                throw new Failure(
                        ErrorClass.RMA_RANGE,
                        "rank " + from + ": "
                                + new String(reason, 0, (int) receive.storedBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void put(Object base, long offset, long bytes, Block to) {
        send(WindowRequest.Kind.PUT, nextTag(), to, 0, 0, base, offset, bytes);
    }

    @Override
    public @Nullable Operation get(Object base, long offset, long bytes, Block from) {
        int tag = nextTag();
        Operation answer = expect(base, offset, bytes, tag);
        send(WindowRequest.Kind.GET, tag, from, 0, 0, Frame.NOTHING, 0, bytes);
        return answer;
    }

    @Override
    public void accumulate(Fold fold, Object base, long offset, long bytes, Block to) {
        long piece = fold.wholeUnits(ACCUMULATE_BYTES);
        for (long done = 0; done < bytes; done += piece) {
            long length = Math.min(piece, bytes - done);
            send(WindowRequest.Kind.ACCUMULATE, nextTag(), to, fold.code(), done, base, offset + done, length);
        }
    }

    @Override
    public @Nullable Operation getAccumulate(
            Fold fold, Object base, long offset, Object result, long resultOffset, long bytes, Block to) {
        long piece = fold.wholeUnits(ACCUMULATE_BYTES);
        Operation last = null;
        for (long done = 0; done < bytes; done += piece) {
            long length = Math.min(piece, bytes - done);
            int tag = nextTag();
            last = expect(result, resultOffset + done, length, tag);
            send(WindowRequest.Kind.GET_ACCUMULATE, tag, to, fold.code(), done, base, offset + done, length);
        }
        return last;
    }

    @Override
    public @Nullable Operation compareAndSwap(byte[] values, Object result, long resultOffset, long offset) {
        int tag = nextTag();
        int size = values.length / 2;
        Operation answer = expect(result, resultOffset, size, tag);
        Block block = Block.run(offset, size);
        send(WindowRequest.Kind.COMPARE_AND_SWAP, tag, block, 0, 0, values, 0, values.length);
        return answer;
    }

    /** Asks for something without data; the answer says that it is done. */
    Answer ask(WindowRequest.Kind kind) {
        int tag = nextTag();
        Answer answer = new Answer(core, rank, tag + 1);
        send(kind, tag, Block.run(0, 0), 0, 0, Frame.NOTHING, 0, 0);
        return answer;
    }

    /** Asks for something that has no answer. */
    void tell(WindowRequest.Kind kind) {
        send(kind, nextTag(), Block.run(0, 0), 0, 0, Frame.NOTHING, 0, 0);
    }

    void await(Answer answer) {
        answer.await(core, rank);
    }

    /** Nothing that was started is open at the target any more. */
    void clean() {
        dirty = false;
    }

    @Override
    public @Nullable Flush beginFlush() {
        flushLocal();
        if (!dirty) {
            return null;
        }
        dirty = false;
        return ask(WindowRequest.Kind.FLUSH);
    }

    @Override
    public void endFlush(@Nullable Flush flush) {
        if (flush instanceof Answer answer) {
            answer.await(core, rank);
        }
    }

    @Override
    public void flushLocal() {
        Operation next = oldest(0);
        while (next != null) {
            core.engine().waitFor(next);
            next = oldest(0);
        }
    }

    private Operation expect(Object base, long offset, long bytes, int tag) {
        Operation tooMany = oldest(MAX_ANSWERS - 1);
        if (tooMany != null) {
            core.engine().waitFor(tooMany);
        }
        Operation answer = core.startReceive(base, offset, bytes, rank, tag + 1);
        synchronized (answers) {
            answers.add(answer);
        }
        return answer;
    }

    /** The oldest answer when more than {@code allowed} are out; it stands in the line no more. */
    private @Nullable Operation oldest(int allowed) {
        synchronized (answers) {
            return answers.size() > allowed ? answers.poll() : null;
        }
    }

    private int nextTag() {
        return FIRST_TAG + 2 * (number.getAndIncrement() & MAX_NUMBER);
    }

    @SuppressWarnings("ReferenceEquality") // there is one base that stands for no data
    private void send(
            WindowRequest.Kind kind,
            int tag,
            Block block,
            int fold,
            long position,
            Object base,
            long offset,
            long bytes) {
        long[] numbers = WindowRequest.numbers(block);
        boolean hasData = bytes > 0 && base != Frame.NOTHING;
        int dataAt = hasData ? WindowRequest.dataAt(numbers.length, bytes) : WindowRequest.NO_DATA;
        int planEnd = WindowRequest.planEnd(numbers.length);
        byte[] message = new byte[dataAt > 0 ? dataAt + (int) bytes : planEnd];
        new WindowRequest(kind, tag, block, fold, position, bytes, dataAt).write(message, numbers);
        if (dataAt > 0) {
            Memory.copy(base, offset, message, dataAt, bytes);
        }
        core.sendMessage(message, 0, message.length, rank, REQUEST);
        if (!WindowRequest.holdsPlan(numbers.length)) {
            core.sendMessage(numbers, 0, (long) numbers.length * Long.BYTES, rank, tag);
        }
        if (dataAt == WindowRequest.DATA_FOLLOW) {
            core.sendMessage(base, offset, bytes, rank, tag);
        }
        if (kind.touchesMemory()) {
            dirty = true;
        }
    }
}
