package io.muster.mpi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ring carries frames of any size in order, round its end and when it is full. */
@Timeout(120)
final class RingTest {
    private static final int PEER = 7;
    private static final int START = 128;

    private final MemorySegment memory = Arena.ofAuto().allocate(START + RingLayout.strideBytes(1 << 16), 64);

    /** What the frame of a number has to be; both ends know it without telling each other. */
    private static final class Frames {
        private final Random random;
        private final int maxPayload;
        private int number;

        Frames(long seed, int maxPayload) {
            this.random = new Random(seed);
            this.maxPayload = maxPayload;
        }

        Frame next() {
            // Mostly small ones, and the largest now and then.
            int length = switch (random.nextInt(8)) {
                case 0 -> maxPayload;
                case 1, 2 -> random.nextInt(maxPayload + 1);
                default -> random.nextInt(100);
            };
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            number++;
            Frame frame = new Frame().message(FrameKind.EAGER, number, -number, (1L << 40) + number, number / 2);
            frame.receiverHandle = number / 3;
            return frame.payload(payload, 0, length);
        }
    }

    private static List<Object> head(Frame frame) {
        return List.of(
                frame.kind,
                frame.context,
                frame.tag,
                frame.size,
                frame.senderHandle,
                frame.receiverHandle,
                frame.length);
    }

    /** Takes what comes and compares. */
    private static final class Expecting implements FrameHandler {
        private final Frames frames;
        int count;

        Expecting(Frames frames) {
            this.frames = frames;
        }

        @Override
        public void onFrame(int peer, Frame frame) {
            Frame expected = frames.next();
            count++;
            assertThat(peer).isEqualTo(PEER);
            assertThat(head(frame)).isEqualTo(head(expected));
            MemorySegment came = ((MemorySegment) frame.base).asSlice(frame.offset, frame.length);
            assertThat(came.mismatch(MemorySegment.ofArray((byte[]) expected.base)))
                    .isEqualTo(-1);
        }

        @Override
        public void onBroken(int peer, String reason) {
            throw new AssertionError(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 12, 1 << 14, 1 << 16})
    void two_threads_exchange_frames_of_all_sizes(int capacity) throws Exception {
        int frames = 5_000;
        RingWriter writer = new RingWriter(memory, START, capacity, () -> {});
        RingReader reader = new RingReader(memory, START, capacity, PEER, () -> {});
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
            Frames source = new Frames(capacity, writer.maxPayload());
            for (int i = 0; i < frames; i++) {
                Frame frame = source.next();
                while (!writer.offer(frame)) {
                    LockSupport.parkNanos(1);
                }
            }
        });
        Expecting expecting = new Expecting(new Frames(capacity, writer.maxPayload()));
        Random random = new Random(capacity);
        while (expecting.count < frames && !written.isCompletedExceptionally()) {
            if (reader.poll(expecting, 1 + random.nextInt(16)) == 0) {
                LockSupport.parkNanos(1);
            }
        }
        written.get(60, TimeUnit.SECONDS);
        assertThat(reader.poll(expecting, 1)).isZero();
    }

    @Test
    void a_full_ring_takes_nothing_more_and_loses_nothing() {
        int capacity = 1 << 12;
        RingWriter writer = new RingWriter(memory, START, capacity, () -> {});
        RingReader reader = new RingReader(memory, START, capacity, PEER, () -> {});
        Frames source = new Frames(1, writer.maxPayload());
        Expecting expecting = new Expecting(new Frames(1, writer.maxPayload()));
        ArrayDeque<Frame> refused = new ArrayDeque<>();
        Random random = new Random(1);
        int offered = 0;
        for (int round = 0; round < 3000; round++) {
            while (refused.isEmpty()) {
                Frame frame = source.next();
                if (writer.offer(frame)) {
                    offered++;
                } else {
                    refused.add(frame);
                }
            }
            assertThat(writer.offer(refused.getFirst())).isFalse();
            int before = expecting.count;
            int taken = reader.poll(expecting, 1 + random.nextInt(offered - before));
            assertThat(expecting.count).isEqualTo(before + taken);
            if (writer.offer(refused.getFirst())) {
                refused.clear();
                offered++;
            }
        }
        reader.poll(expecting, Integer.MAX_VALUE);
        assertThat(expecting.count).isEqualTo(offered).isGreaterThan(3000);
    }

    @ParameterizedTest
    @CsvSource({"16384, 64", "65536, 128", "524288, 1024", "4194304, 1024"})
    void there_are_as_many_slots_as_fit_the_data(int capacity, int slots) {
        assertThat(RingLayout.slots(capacity)).isEqualTo(slots);
        MemorySegment ring = Arena.ofAuto().allocate(RingLayout.strideBytes(capacity), 64);
        RingWriter writer = new RingWriter(ring, 0, capacity, () -> {});
        Frame frame = new Frame().control(FrameKind.CREDIT, 1, 2, 3);
        for (int i = 0; i < slots; i++) {
            assertThat(writer.offer(frame)).isTrue();
        }
        assertThat(writer.offer(frame)).isFalse();
    }

    @Test
    void an_empty_ring_takes_the_largest_frame_wherever_it_stands() {
        int capacity = 1 << 12;
        RingWriter writer = new RingWriter(memory, START, capacity, () -> {});
        RingReader reader = new RingReader(memory, START, capacity, PEER, () -> {});
        FrameHandler ignoring = new FrameHandler() {
            @Override
            public void onFrame(int peer, Frame frame) {}

            @Override
            public void onBroken(int peer, String reason) {}
        };
        Frame small = new Frame().control(FrameKind.CREDIT, 1, 2, 3);
        Frame largest = new Frame().message(FrameKind.EAGER, 0, 0, 0, 0);
        largest.payload(new byte[writer.maxPayload()], 0, writer.maxPayload());
        for (int i = 0; i < 500; i++) {
            assertThat(writer.offer(i % 3 == 0 ? largest : small)).isTrue();
            assertThat(reader.poll(ignoring, 10)).isEqualTo(1);
        }
    }
}
