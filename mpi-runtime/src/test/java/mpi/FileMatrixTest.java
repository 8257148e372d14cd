package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Access to files: operation × view × type × ranks × transport, against a model of the file (MPI 4.1, 14.4). */
@Timeout(300)
final class FileMatrixTest {
    private static final int OFFSET = 5;
    private static final int COUNT = 47;

    @TempDir
    Path folder;

    static Stream<Arguments> ranksAndWirings() {
        return IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(ranks ->
                        Stream.of(Wiring.SHM, Wiring.TCP, Wiring.MIXED).map(wiring -> Arguments.of(ranks, wiring)));
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void files_hold_what_the_model_says(int ranks, Wiring wiring) {
        Path path = folder.resolve("data");
        RankThreads.run(ranks, wiring, comm -> {
            for (FileLayout layout : FileLayout.values()) {
                for (Datatype type : layout == FileLayout.HOLES ? TypedArrays.TYPES : List.of(MPI.SHORT, MPI.DOUBLE)) {
                    File file = new File(comm, path.toString(), MPI.MODE_RDWR | MPI.MODE_CREATE);
                    layout.set(file, comm, type, "native");
                    new Cell(comm, file, path, layout, type).run();
                    file.close();
                }
            }
        });
    }

    private interface Access {
        Status run(File file, long offset, Object buf, int count, Datatype type);
    }

    private static Access seeking(Access access) {
        return (file, offset, buf, count, type) -> {
            file.seek(offset, MPI.SEEK_SET);
            Status status = access.run(file, offset, buf, count, type);
            assertThat(file.getPosition()).isEqualTo(offset + count);
            return status;
        };
    }

    private static final List<Access> WRITES = List.of(
            File::writeAt,
            File::writeAtAll,
            (file, offset, buf, count, type) ->
                    file.iWriteAt(offset, buf, count, type).waitStatus(),
            (file, offset, buf, count, type) ->
                    file.iWriteAtAll(offset, buf, count, type).waitStatus(),
            (file, offset, buf, count, type) -> {
                file.writeAtAllBegin(offset, buf, count, type);
                return file.writeAtAllEnd(buf);
            },
            seeking((file, _, buf, count, type) -> file.write(buf, count, type)),
            seeking((file, _, buf, count, type) -> file.writeAll(buf, count, type)),
            seeking((file, _, buf, count, type) -> file.iWrite(buf, count, type).waitStatus()),
            seeking((file, _, buf, count, type) ->
                    file.iWriteAll(buf, count, type).waitStatus()),
            seeking((file, _, buf, count, type) -> {
                file.writeAllBegin(buf, count, type);
                return file.writeAllEnd(buf);
            }));

    private static final List<Access> READS = List.of(
            File::readAt,
            File::readAtAll,
            (file, offset, buf, count, type) ->
                    file.iReadAt(offset, buf, count, type).waitStatus(),
            (file, offset, buf, count, type) ->
                    file.iReadAtAll(offset, buf, count, type).waitStatus(),
            (file, offset, buf, count, type) -> {
                file.readAtAllBegin(offset, buf, count, type);
                return file.readAtAllEnd(buf);
            },
            seeking((file, _, buf, count, type) -> file.read(buf, count, type)),
            seeking((file, _, buf, count, type) -> file.readAll(buf, count, type)),
            seeking((file, _, buf, count, type) -> file.iRead(buf, count, type).waitStatus()),
            seeking((file, _, buf, count, type) ->
                    file.iReadAll(buf, count, type).waitStatus()),
            seeking((file, _, buf, count, type) -> {
                file.readAllBegin(buf, count, type);
                return file.readAllEnd(buf);
            }));

    private record Cell(Intracomm comm, File file, Path path, FileLayout layout, Datatype type) {
        void run() throws IOException {
            long offset = layout.start(comm.Rank()) + OFFSET;
            for (int i = 0; i < WRITES.size(); i++) {
                file.setSize(0);
                int seed = i + 1;
                Object mine = values(comm.Rank(), seed);
                Status written = WRITES.get(i).run(file, offset, mine, COUNT, type);
                assertThat(written.getCount(type)).isEqualTo(COUNT);
                comm.barrier();
                String what = "write " + i + " of " + type + " with " + layout + " at " + comm.Size() + " ranks";
                if (comm.Rank() == 0) {
                    assertThat(Files.readAllBytes(path)).as(what).isEqualTo(model(seed));
                }
                comm.barrier();
                Object back = type.element.newArray(COUNT);
                Status read = READS.get(i).run(file, offset, back, COUNT, type);
                TypedArrays.checkSame(back, mine, "read after " + what);
                assertThat(read.getCount(type)).as("count after " + what).isEqualTo(COUNT);
            }
            pastTheEnd(offset, WRITES.size());
            comm.barrier();
        }

        private Object values(int rank, int seed) {
            return TypedArrays.filled(type, COUNT, 3 * rank + seed);
        }

        private byte[] model(int seed) {
            Object[] all = new Object[comm.Size()];
            Arrays.setAll(all, rank -> values(rank, seed));
            return layout.bytes(all, OFFSET, type.getSize());
        }

        /** Reads of more than there is tell how much there was. */
        private void pastTheEnd(long offset, int seed) {
            byte[] model = model(seed);
            int unit = type.getSize();
            int there = 0;
            while (layout.place(comm.Rank(), comm.Size(), offset + there, unit) < model.length && there < 2 * COUNT) {
                there++;
            }
            for (int i = 0; i < READS.size(); i++) {
                Object back = type.element.newArray(2 * COUNT);
                Status read = READS.get(i).run(file, offset, back, 2 * COUNT, type);
                assertThat(read.getElements(type))
                        .as("elements of read %s of %s with %s by %s", i, type, layout, comm.Rank())
                        .isEqualTo(there);
            }
        }
    }
}
