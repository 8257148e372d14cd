package io.muster.mpi.onesided;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Operation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A window as one of its ranks sees it (MPI 4.1, chapter 12). Ranks are those of its communicator; what is wrong is
 * told by a {@code Failure}. Buffers are bases and offsets without gaps, as {@code Memory} knows them. Thread-safe.
 */
public final class Window {
    private final Communicator core;
    private final Arena arena;
    private final Part[] parts;
    private final @Nullable MemorySegment[] segments;
    private final WindowMemory memory;
    private final Target[] targets;
    private final WindowLocks locks;
    private final @Nullable TargetService service;
    private final Epochs epochs;
    private final GroupEpochs groups;
    private final List<Integer> everyone;

    Window(
            Communicator core,
            Arena arena,
            Part[] parts,
            @Nullable MemorySegment[] segments,
            WindowMemory memory,
            Target[] targets,
            WindowLocks locks,
            @Nullable TargetService service) {
        this.core = core;
        this.arena = arena;
        this.parts = parts;
        this.segments = segments;
        this.memory = memory;
        this.targets = targets;
        this.locks = locks;
        this.service = service;
        epochs = new Epochs(targets.length);
        groups = new GroupEpochs(core);
        everyone = IntStream.range(0, targets.length).boxed().toList();
        if (service != null) {
            service.start();
        }
    }

    public Communicator core() {
        return core;
    }

    public Part part(int rank) {
        return parts[rank];
    }

    /** The memory that this rank exposes. */
    public WindowMemory memory() {
        return memory;
    }

    /** A rank's part of memory that the window allocated, when this rank reaches it directly; else null. */
    public @Nullable MemorySegment segment(int rank) {
        return segments[rank];
    }

    // Operations: the buffer is free when they return, unless they return an operation.

    public void put(int rank, Object base, long offset, long bytes, Block to) {
        checked(rank, to);
        targets[rank].put(base, offset, bytes, to);
    }

    public @Nullable Operation get(int rank, Object base, long offset, long bytes, Block from) {
        checked(rank, from);
        return targets[rank].get(base, offset, bytes, from);
    }

    public void accumulate(int rank, Fold fold, Object base, long offset, long bytes, Block to) {
        checked(rank, to);
        targets[rank].accumulate(fold, base, offset, bytes, to);
    }

    /** Sets {@code result} to what was there. */
    public @Nullable Operation getAccumulate(
            int rank, Fold fold, Object base, long offset, Object result, long resultOffset, long bytes, Block to) {
        checked(rank, to);
        return targets[rank].getAccumulate(fold, base, offset, result, resultOffset, bytes, to);
    }

    /** {@code values}: what is compared with, and what takes its place; the same number of bytes each. */
    public @Nullable Operation compareAndSwap(int rank, byte[] values, Object result, long resultOffset, long offset) {
        checked(rank, Block.run(offset, values.length / 2));
        return targets[rank].compareAndSwap(values, result, resultOffset, offset);
    }

    // Active targets.

    /**
     * Completes all operations of all ranks, and begins an epoch unless {@code more} is false. Blocks until all have
     * come.
     */
    public void fence(boolean more) {
        epochs.checkFence();
        flush(everyone);
        core.collective().barrier();
        VarHandle.fullFence();
        epochs.fenced(more);
    }

    public void start(int[] ranks, boolean check) {
        epochs.start(ranks);
        groups.start(ranks, check);
    }

    public void complete() {
        epochs.complete();
        flush(Arrays.stream(groups.targets()).boxed().toList());
        groups.complete();
    }

    public void post(int[] ranks, boolean check) {
        epochs.post();
        VarHandle.fullFence();
        groups.post(ranks, check);
    }

    public void waitForOrigins() {
        epochs.checkPosted();
        groups.waitForOrigins();
        epochs.unpost();
        VarHandle.fullFence();
    }

    /** Whether {@link #waitForOrigins} would not block; then it is done. */
    public boolean testOrigins() {
        epochs.checkPosted();
        if (!groups.test()) {
            return false;
        }
        epochs.unpost();
        VarHandle.fullFence();
        return true;
    }

    // Passive targets.

    /** Without {@code check} the program says that nobody else has a lock that conflicts. */
    public void lock(int rank, LockKind kind, boolean check) {
        epochs.lock(rank, kind, check);
        if (check) {
            locks.lock(List.of(rank), kind);
        }
    }

    public void unlock(int rank) {
        release(List.of(rank), epochs.unlock(rank));
    }

    public void lockAll(boolean check) {
        epochs.lockAll(check);
        if (check) {
            locks.lock(everyone, LockKind.SHARED);
        }
    }

    public void unlockAll() {
        release(everyone, epochs.unlockAll() ? LockKind.SHARED : null);
    }

    private void release(List<Integer> ranks, @Nullable LockKind kind) {
        VarHandle.fullFence();
        if (kind == null) {
            flush(ranks);
        } else {
            ranks.forEach(rank -> targets[rank].flushLocal());
            locks.unlock(ranks, kind);
        }
    }

    public void flush(int rank) {
        epochs.checkLocked(rank);
        flush(List.of(rank));
    }

    public void flushAll() {
        flush(epochs.locked());
    }

    public void flushLocal(int rank) {
        epochs.checkLocked(rank);
        targets[rank].flushLocal();
    }

    public void flushLocalAll() {
        epochs.locked().forEach(rank -> targets[rank].flushLocal());
    }

    /** Orders what this rank has done to the memory and what it will do. */
    public void sync() {
        VarHandle.fullFence();
    }

    /** Ends the window; all ranks call it, and it blocks until all have. */
    public void free() {
        epochs.checkFree();
        flush(everyone);
        core.collective().barrier();
        if (service != null) {
            service.stop();
        }
        core.free();
        arena.close();
    }

    private void flush(List<Integer> ranks) {
        List<Target.@Nullable Flush> under = new ArrayList<>();
        ranks.forEach(rank -> under.add(targets[rank].beginFlush()));
        for (int i = 0; i < ranks.size(); i++) {
            targets[ranks.get(i)].endFlush(under.get(i));
        }
    }

    private void checked(int rank, Block block) {
        epochs.checkAccess(rank);
        block.checkWithin(parts[rank].sizeBytes());
    }
}
