package io.muster.mpi.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A plan moves what a list of the places of all bytes, written out one by one, says. */
final class CopyPlanTest {
    private static final int MEMORY = 4096;
    private static final int START = 1024;

    /** A plan, and beside it the places of the bytes of one element and its bounds. */
    private record Model(CopyPlan plan, List<Long> places, long lower, long upper) {
        static Model run(int bytes) {
            List<Long> places =
                    IntStream.range(0, bytes).mapToObj(i -> (long) i).toList();
            return new Model(CopyPlan.run(bytes), places, 0, bytes);
        }

        long extent() {
            return upper - lower;
        }

        static Model joined(long[] at, List<Model> parts) {
            List<Long> places = new ArrayList<>();
            long lower = Long.MAX_VALUE;
            long upper = Long.MIN_VALUE;
            for (int i = 0; i < at.length; i++) {
                for (long place : parts.get(i).places) {
                    places.add(at[i] + place);
                }
                lower = Math.min(lower, at[i] + parts.get(i).lower);
                upper = Math.max(upper, at[i] + parts.get(i).upper);
            }
            CopyPlan[] plans = parts.stream().map(Model::plan).toArray(CopyPlan[]::new);
            return new Model(CopyPlan.joined(at, plans), places, lower, upper);
        }

        Model repeat(int count, long stride) {
            long[] at = IntStream.range(0, count).mapToLong(i -> i * stride).toArray();
            Model all = joined(at, IntStream.range(0, count).mapToObj(_ -> this).toList());
            return new Model(plan.repeat(count, stride), all.places, all.lower, all.upper);
        }

        Model resized(long newLower, long newExtent) {
            return new Model(plan.resized(newLower, newExtent), places, newLower, newLower + newExtent);
        }

        /** Places of what travels of {@code count} elements. */
        List<Long> placesOf(int count) {
            List<Long> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                for (long place : places) {
                    all.add(START + i * extent() + place);
                }
            }
            return all;
        }
    }

    private static Model random(Random random, int unit, int depth) {
        if (depth == 0) {
            return Model.run(unit * (1 + random.nextInt(3)));
        }
        Model inner = random(random, unit, depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> inner.repeat(1 + random.nextInt(4), inner.extent());
            case 1 -> inner.repeat(1 + random.nextInt(3), inner.extent() + (long) unit * random.nextInt(3));
            case 2 -> inner.resized(0, inner.extent() + (long) unit * random.nextInt(3));
            default -> {
                // Places that never meet, in any order.
                int blocks = 1 + random.nextInt(3);
                long[] at = new long[blocks];
                List<Model> parts = new ArrayList<>();
                boolean backwards = random.nextBoolean();
                for (int i = 0; i < blocks; i++) {
                    at[i] = (inner.extent() + unit) * (backwards ? -i : i);
                    parts.add(inner);
                }
                yield Model.joined(at, parts);
            }
        };
    }

    @Test
    void random_plans_move_the_bytes_that_they_name_in_pieces_of_any_size() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            int unit = 1 << random.nextInt(4);
            Model model = random(random, unit, random.nextInt(4));
            int count = 1 + random.nextInt(3);
            List<Long> places = model.placesOf(count);
            byte[] memory = new byte[MEMORY];
            random.nextBytes(memory);
            byte[] expected = new byte[places.size()];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = memory[Math.toIntExact(places.get(i))];
            }
            assertThat(packed(random, model.plan, base(unit, memory), expected.length))
                    .as("packed, seed %d", seed)
                    .isEqualTo(expected);

            Object target = base(unit, new byte[MEMORY]);
            unpack(random, model.plan, target, expected);
            byte[] scattered = new byte[MEMORY];
            for (int i = 0; i < expected.length; i++) {
                scattered[Math.toIntExact(places.get(i))] = expected[i];
            }
            assertThat(bytes(target)).as("unpacked, seed %d", seed).isEqualTo(scattered);
        }
    }

    @Test
    void bounds_are_those_of_the_bytes() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Model model = random(random, 4, random.nextInt(4));
            long first = model.places.stream().mapToLong(Long::longValue).min().orElseThrow();
            long last = model.places.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(List.of(
                            model.plan.sizeBytes(),
                            model.plan.lowerBound(),
                            model.plan.extentBytes(),
                            model.plan.firstByte(),
                            model.plan.endByte()))
                    .as("seed %d", seed)
                    .containsExactly((long) model.places.size(), model.lower, model.extent(), first, last + 1);
            List<Long> inARow = IntStream.range(0, 3 * model.places.size())
                    .mapToObj(i -> (long) START + i)
                    .toList();
            assertThat(model.plan.isContiguous())
                    .as("seed %d", seed)
                    .isEqualTo(model.placesOf(3).equals(inARow));
        }
    }

    @Test
    void nothing_takes_no_bytes() {
        CopyPlan nothing = CopyPlan.run(8).repeat(0, 8);
        assertThat(nothing.sizeBytes()).isZero();
        assertThat(nothing.isContiguous()).isTrue();
        nothing.pack(new byte[0], 0, 0, MemorySegment.ofArray(new byte[0]), 0, 0);
        assertThat(CopyPlan.joined(new long[0], new CopyPlan[0]).extentBytes()).isZero();
    }

    private static byte[] packed(Random random, CopyPlan plan, Object base, int length) {
        MemorySegment packed = MemorySegment.ofArray(new byte[length]);
        PackedView view = new PackedView(base, START, plan);
        for (int at = 0; at < length; ) {
            int piece = Math.min(length - at, 1 + random.nextInt(40));
            Memory.read(view, at, packed, at, piece);
            at += piece;
        }
        return bytes(packed);
    }

    private static void unpack(Random random, CopyPlan plan, Object base, byte[] packed) {
        PackedView view = new PackedView(base, START, plan);
        for (int at = 0; at < packed.length; ) {
            int piece = Math.min(packed.length - at, 1 + random.nextInt(40));
            Memory.write(view, at, MemorySegment.ofArray(packed), at, piece);
            at += piece;
        }
    }

    /** The bytes as an array of elements of {@code unit} bytes. */
    private static Object base(int unit, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return switch (unit) {
            case 2 -> {
                short[] array = new short[bytes.length / 2];
                buffer.asShortBuffer().get(array);
                yield array;
            }
            case 4 -> {
                int[] array = new int[bytes.length / 4];
                buffer.asIntBuffer().get(array);
                yield array;
            }
            case 8 -> {
                long[] array = new long[bytes.length / 8];
                buffer.asLongBuffer().get(array);
                yield array;
            }
            default -> bytes;
        };
    }

    private static byte[] bytes(Object base) {
        byte[] bytes = new byte[(int) Memory.sizeBytes(base)];
        Memory.read(base, 0, MemorySegment.ofArray(bytes), 0, bytes.length);
        return bytes;
    }
}
