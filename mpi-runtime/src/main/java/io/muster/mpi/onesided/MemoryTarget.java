package io.muster.mpi.onesided;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.Reduction;
import io.muster.mpi.engine.Operation;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A part of a window that this process reaches directly: its own, or one in shared memory. Thread-safe. */
final class MemoryTarget implements Target {
    private final WindowMemory memory;
    private final ControlLine control;

    MemoryTarget(WindowMemory memory, ControlLine control) {
        this.memory = memory;
        this.control = control;
    }

    /** The bytes of a block; see {@link WindowMemory#at}. */
    Block.View at(Block block) {
        return memory.at(block);
    }

    @Override
    public void put(Object base, long offset, long bytes, Block to) {
        Block.View there = memory.at(to);
        Memory.copy(base, offset, there.base(), there.offset(), bytes);
    }

    @Override
    public @Nullable Operation get(Object base, long offset, long bytes, Block from) {
        Block.View there = memory.at(from);
        Memory.copy(there.base(), there.offset(), base, offset, bytes);
        return null;
    }

    @Override
    public void accumulate(Fold fold, Object base, long offset, long bytes, Block to) {
        update(fold, base, offset, null, 0, bytes, memory.at(to), 0);
    }

    @Override
    public @Nullable Operation getAccumulate(
            Fold fold, Object base, long offset, Object result, long resultOffset, long bytes, Block to) {
        update(fold, base, offset, result, resultOffset, bytes, memory.at(to), 0);
        return null;
    }

    /** Updates {@code bytes} bytes of {@code there} from {@code position} on, piece by piece. */
    void update(
            Fold fold,
            Object base,
            long offset,
            @Nullable Object result,
            long resultOffset,
            long bytes,
            Block.View there,
            long position) {
        long piece = Math.min(bytes, fold.pieceBytes());
        Object operand = fold.newArray(piece);
        Object current = fold.newArray(piece);
        Reduction reduction = fold.reduction();
        int size = fold.arrayType().sizeBytes();
        for (long done = 0; done < bytes; done += piece) {
            long length = Math.min(piece, bytes - done);
            long at = there.offset() + position + done;
            if (!fold.onlyReads()) {
                Memory.copy(base, offset + done, operand, 0, length);
            }
            control.beginUpdate();
            try {
                Memory.copy(there.base(), at, current, 0, length);
                if (result != null) {
                    Memory.copy(current, 0, result, resultOffset + done, length);
                }
                if (!fold.onlyReads()) {
                    reduction.apply(operand, 0, current, 0, (int) (length / size));
                    Memory.copy(current, 0, there.base(), at, length);
                }
            } finally {
                control.endUpdate();
            }
        }
    }

    @Override
    public @Nullable Operation compareAndSwap(byte[] values, Object result, long resultOffset, long offset) {
        byte[] before = swap(values, offset);
        Memory.copy(before, 0, result, resultOffset, before.length);
        return null;
    }

    /** What was there. */
    byte[] swap(byte[] values, long offset) {
        int size = values.length / 2;
        Block.View there = memory.at(Block.run(offset, size));
        byte[] before = new byte[size];
        control.beginUpdate();
        try {
            Memory.copy(there.base(), there.offset(), before, 0, size);
            if (Arrays.equals(before, 0, size, values, 0, size)) {
                Memory.copy(values, size, there.base(), there.offset(), size);
            }
        } finally {
            control.endUpdate();
        }
        return before;
    }

    @Override
    public @Nullable Flush beginFlush() {
        VarHandle.fullFence();
        return null;
    }

    @Override
    public void endFlush(@Nullable Flush flush) {}

    @Override
    public void flushLocal() {}
}
