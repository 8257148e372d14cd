package io.muster.mpi.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpi.buffer.CopyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Filetypes against a list of the bytes that they show. */
final class TilingTest {
    private static final int TILES = 5;

    @Test
    void all_mappings_agree_with_a_list_of_bytes() {
        Random random = new Random(7);
        for (int trial = 0; trial < 300; trial++) {
            CopyPlan plan = filetype(random);
            Tiling tiling = new Tiling(plan);
            List<Long> places = places(plan);
            assertThat(tiling.isSequential()).isTrue();
            for (int at = 0; at < places.size(); at++) {
                assertThat(tiling.offsetOf(at)).as("byte %s", at).isEqualTo(places.get(at));
            }
            for (long offset = 0; offset < TILES * plan.extentBytes(); offset++) {
                long limit = offset;
                long expected = places.stream().filter(place -> place < limit).count();
                assertThat(tiling.bytesBefore(offset)).as("before %s", offset).isEqualTo(expected);
            }
            int from = random.nextInt(places.size());
            int length = random.nextInt(places.size() - from) + 1;
            assertThat(bytes(tiling.runs(100, from, length)))
                    .isEqualTo(places.subList(from, from + length).stream()
                            .map(place -> place + 100)
                            .toList());
        }
    }

    /** A few groups of blocks with holes between and around them. */
    private static CopyPlan filetype(Random random) {
        int groups = random.nextInt(3) + 1;
        long[] places = new long[groups];
        CopyPlan[] plans = new CopyPlan[groups];
        long at = random.nextInt(4);
        for (int i = 0; i < groups; i++) {
            int block = random.nextInt(4) + 1;
            int count = random.nextInt(3) + 1;
            int stride = block + random.nextInt(4);
            plans[i] = CopyPlan.run(block).repeat(count, stride);
            places[i] = at;
            at += (count - 1L) * stride + block + random.nextInt(5);
        }
        return CopyPlan.joined(places, plans).resized(0, at + random.nextInt(3));
    }

    private static List<Long> places(CopyPlan plan) {
        List<Long> places = new ArrayList<>();
        long[] numbers = plan.described();
        for (int tile = 0; tile < TILES; tile++) {
            for (int i = 2; i < numbers.length; i += 4) {
                for (long block = 0; block < numbers[i + 2]; block++) {
                    for (long inBlock = 0; inBlock < numbers[i + 1]; inBlock++) {
                        places.add(tile * plan.extentBytes() + numbers[i] + block * numbers[i + 3] + inBlock);
                    }
                }
            }
        }
        return places;
    }

    private static List<Long> bytes(RunList runs) {
        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            for (long at = 0; at < runs.length(i); at++) {
                bytes.add(runs.offset(i) + at);
            }
        }
        return bytes;
    }
}
