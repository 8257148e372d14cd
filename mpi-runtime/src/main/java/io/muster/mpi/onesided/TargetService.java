package io.muster.mpi.onesided;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.ReceiveOperation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A thread of the target that does what origins ask for by messages, one request after the other. Because it waits for
 * messages, it also makes progress while the program computes: passive targets answer at once.
 */
final class TargetService {
    private static final int MAX_REASON_BYTES = 1000;
    private static final int MAX_PLAN_NUMBERS = 1 << 26;

    private final Communicator core;
    private final MemoryTarget own;
    private final MessageTarget service;
    private final byte[] message = new byte[WindowRequest.MAX_BYTES];
    private final String[] problems;
    private final LockQueue locks;
    private final Thread thread;

    /** Serves {@code own}, which {@code service} leads to by messages. */
    TargetService(Communicator core, MemoryTarget own, MessageTarget service) {
        this.core = core;
        this.own = own;
        this.service = service;
        problems = new String[core.size()];
        Arrays.fill(problems, "");
        locks = new LockQueue((rank, tag) -> answer(new byte[0], rank, tag));
        thread = Thread.ofPlatform().daemon().name("mpi-window-" + core.rank()).unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread; blocks until it has ended. Nobody asks for anything any more. */
    void stop() {
        service.tell(WindowRequest.Kind.STOP);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            boolean more = true;
            while (more) {
                ReceiveOperation came =
                        core.receiveMessage(message, 0, message.length, Engine.ANY, MessageTarget.REQUEST);
                int source = core.groupRank(came.actualSource());
                core.engine().release(came);
                more = handle(source);
            }
        } catch (Failure e) {
            // A rank is lost or MPI has ended: the program's own calls tell so, whoever waits for an answer included.
            Arrays.fill(problems, String.valueOf(e.getMessage()));
        }
    }

    private boolean handle(int source) {
        int tag = WindowRequest.tagIn(message);
        WindowRequest request;
        try {
            request = WindowRequest.read(message, planFrom(source, tag));
        } catch (IllegalArgumentException e) {
            problems[source] = String.valueOf(e.getMessage());
            return true;
        }
        switch (request.kind()) {
            case PUT -> put(request, source);
            case GET -> get(request, source);
            case ACCUMULATE, GET_ACCUMULATE -> accumulate(request, source);
            case COMPARE_AND_SWAP -> compareAndSwap(request, source);
            case FLUSH -> answerProblem(source, tag);
            case LOCK_SHARED -> locks.lock(source, tag, LockKind.SHARED);
            case LOCK_EXCLUSIVE -> locks.lock(source, tag, LockKind.EXCLUSIVE);
            case UNLOCK -> {
                locks.unlock(source);
                answerProblem(source, tag);
            }
            case STOP -> {
                return source != core.rank();
            }
        }
        return true;
    }

    private long[] planFrom(int source, int tag) {
        int count = WindowRequest.numbersIn(message);
        if (count < 0 || count > MAX_PLAN_NUMBERS) {
            throw new IllegalArgumentException("a plan of " + count + " numbers");
        }
        if (WindowRequest.holdsPlan(count)) {
            return WindowRequest.planIn(message);
        }
        long[] numbers = new long[count];
        receive(numbers, 0, (long) count * Long.BYTES, source, tag);
        return numbers;
    }

    private void put(WindowRequest request, int source) {
        try {
            Block.View there = own.at(request.block());
            long at = there.offset() + request.position();
            if (request.dataAt() > 0) {
                Memory.copy(message, request.dataAt(), there.base(), at, request.bytes());
            } else if (request.dataAt() == WindowRequest.DATA_FOLLOW) {
                receive(there.base(), at, request.bytes(), source, request.tag());
            }
        } catch (OutOfRange e) {
            refuse(request, source, e);
        }
    }

    private void get(WindowRequest request, int source) {
        try {
            Block.View there = own.at(request.block());
            core.sendMessage(
                    there.base(), there.offset() + request.position(), request.bytes(), source, request.tag() + 1);
        } catch (OutOfRange e) {
            refuse(request, source, e);
            answer(new byte[0], source, request.tag());
        }
    }

    private void accumulate(WindowRequest request, int source) {
        boolean answers = request.kind() == WindowRequest.Kind.GET_ACCUMULATE;
        try {
            Fold fold = Fold.of(request.fold());
            Block.View there = own.at(request.block());
            Object operand = fold.newArray(request.bytes());
            takeData(request, operand, source);
            Object result = answers ? fold.newArray(request.bytes()) : null;
            own.update(fold, operand, 0, result, 0, request.bytes(), there, request.position());
            if (result != null) {
                core.sendMessage(result, 0, request.bytes(), source, request.tag() + 1);
            }
        } catch (OutOfRange | IllegalArgumentException e) {
            refuse(request, source, e);
            if (answers) {
                answer(new byte[0], source, request.tag());
            }
        }
    }

    private void compareAndSwap(WindowRequest request, int source) {
        byte[] values = new byte[Math.toIntExact(request.bytes())];
        takeData(request, values, source);
        byte[] before;
        try {
            before = own.swap(values, request.block().offset());
        } catch (OutOfRange e) {
            problems[source] = String.valueOf(e.getMessage());
            before = new byte[0];
        }
        answer(before, source, request.tag());
    }

    private void takeData(WindowRequest request, Object into, int source) {
        if (request.dataAt() > 0) {
            Memory.copy(message, request.dataAt(), into, 0, request.bytes());
        } else if (request.dataAt() == WindowRequest.DATA_FOLLOW) {
            receive(into, 0, request.bytes(), source, request.tag());
        }
    }

    /** Keeps the reason for the origin's next flush, and lets go of data that follow. */
    private void refuse(WindowRequest request, int source, RuntimeException reason) {
        problems[source] = String.valueOf(reason.getMessage());
        if (request.dataAt() == WindowRequest.DATA_FOLLOW) {
            receive(new byte[0], 0, 0, source, request.tag());
        }
    }

    private void receive(Object base, long offset, long bytes, int source, int tag) {
        core.engine().release(core.receiveMessage(base, offset, bytes, source, tag));
    }

    private void answerProblem(int source, int tag) {
        byte[] reason = problems[source].getBytes(StandardCharsets.UTF_8);
        problems[source] = "";
        answer(Arrays.copyOf(reason, Math.min(reason.length, MAX_REASON_BYTES)), source, tag);
    }

    private void answer(byte[] content, int rank, int tag) {
        core.sendMessage(content, 0, content.length, rank, tag + 1);
    }
}
