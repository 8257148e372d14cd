package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mpi.RankThreads.Wiring;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files themselves: modes, sizes, views, what they carry and what they refuse (MPI 4.1, 14.2, 14.3 and 14.5). */
@Timeout(120)
final class FileTest {
    private static final int CREATE = MPI.MODE_RDWR | MPI.MODE_CREATE;

    @TempDir
    Path folder;

    private static void fails(int errorClass, String text, ThrowingCallable call) {
        assertThatExceptionOfType(MPIException.class)
                .isThrownBy(call)
                .withMessageContaining(text)
                .satisfies(e -> assertThat(e.getErrorClass()).as(e.getMessage()).isEqualTo(errorClass));
    }

    private String name(String file) {
        return folder.resolve(file).toString();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void modes_say_how_a_file_is_opened(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            String name = name("modes");
            fails(MPI.ERR_AMODE, "must have one", () -> new File(comm, name, MPI.MODE_CREATE));
            fails(MPI.ERR_AMODE, "MODE_RDONLY", () -> new File(comm, name, MPI.MODE_RDONLY | MPI.MODE_CREATE));
            fails(MPI.ERR_AMODE, "SEQUENTIAL", () -> new File(comm, name, MPI.MODE_RDWR | MPI.MODE_SEQUENTIAL));
            int own = comm.Rank() == 1 ? CREATE : MPI.MODE_RDWR;
            fails(MPI.ERR_NOT_SAME, "mode", () -> new File(comm, name, own));
            fails(MPI.ERR_NO_SUCH_FILE, name, () -> new File(comm, name, MPI.MODE_RDWR));
            fails(MPI.ERR_BAD_FILE, "directory", () -> new File(comm, folder.toString(), MPI.MODE_RDONLY));
            File file = new File(comm, name, CREATE | MPI.MODE_EXCL | MPI.MODE_UNIQUE_OPEN);
            assertThat(file.getAMode()).isEqualTo(CREATE | MPI.MODE_EXCL | MPI.MODE_UNIQUE_OPEN);
            assertThat(Group.compare(file.getGroup(), comm.getGroup())).isEqualTo(MPI.IDENT);
            file.close();
            fails(MPI.ERR_FILE, "closed", file::getSize);
            fails(MPI.ERR_FILE_EXISTS, name, () -> new File(comm, name, CREATE | MPI.MODE_EXCL));
            File goes = new File(comm, name, MPI.MODE_RDWR | MPI.MODE_DELETE_ON_CLOSE);
            goes.close();
            assertThat(Path.of(name)).doesNotExist();
            comm.barrier();
            if (comm.Rank() == 0) {
                fails(MPI.ERR_NO_SUCH_FILE, name, () -> File.delete(name));
                Files.createFile(Path.of(name));
                File.delete(name);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM"})
    void files_refuse_what_their_mode_does_not_have(Wiring wiring) throws IOException {
        Files.write(folder.resolve("some"), new byte[8]);
        RankThreads.run(2, wiring, comm -> {
            int[] two = {1, 2};
            File reads = new File(comm, name("some"), MPI.MODE_RDONLY);
            fails(MPI.ERR_READ_ONLY, "reading", () -> reads.writeAt(0, two, 2, MPI.INT));
            fails(MPI.ERR_READ_ONLY, "reading", () -> reads.setSize(3));
            fails(MPI.ERR_ARG, "offset=-1", () -> reads.readAt(-1, two, 2, MPI.INT));
            fails(MPI.ERR_COUNT, "-2", () -> reads.read(two, -2, MPI.INT));
            assertThatThrownBy(() -> reads.read(two, 3, MPI.INT))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class)
                    .hasMessageContaining("3 elements");
            fails(MPI.ERR_ARG, "whence=7", () -> reads.seek(0, 7));
            fails(MPI.ERR_ARG, "-3", () -> reads.seek(-3, MPI.SEEK_CUR));
            fails(MPI.ERR_UNSUPPORTED_DATAREP, "big", () -> reads.setView(0, MPI.INT, MPI.INT, "big"));
            fails(MPI.ERR_ARG, "disp=-4", () -> reads.setView(-4, MPI.INT, MPI.INT, "native"));
            fails(MPI.ERR_TYPE, "etype", () -> reads.setView(0, MPI.INT, MPI.SHORT, "native"));
            Datatype falling = Datatype.createIndexed(new int[] {1, 1}, new int[] {3, 0}, MPI.INT);
            fails(MPI.ERR_TYPE, "decrease", () -> reads.setView(0, MPI.INT, falling, "native"));
            Datatype odd = comm.Rank() == 0 ? MPI.INT : MPI.LONG;
            fails(MPI.ERR_NOT_SAME, "etype", () -> reads.setView(0, odd, odd, "native"));
            fails(MPI.ERR_NOT_SAME, "offset", () -> reads.seekShared(comm.Rank(), MPI.SEEK_SET));
            fails(MPI.ERR_IO, "callErrhandler", () -> reads.callErrhandler(MPI.ERR_IO));
            reads.setView(0, MPI.LONG, MPI.LONG, "native");
            fails(MPI.ERR_TYPE, "etypes", () -> reads.readAt(0, two, 1, MPI.INT));
            fails(MPI.ERR_REQUEST, "begun", () -> reads.readAllEnd(two));
            reads.readAllBegin(two, 2, MPI.INT);
            fails(MPI.ERR_REQUEST, "readAllEnd", () -> reads.readAllBegin(two, 2, MPI.INT));
            fails(MPI.ERR_REQUEST, "readAllEnd", reads::close);
            fails(MPI.ERR_REQUEST, "buffer", () -> reads.readAllEnd(new int[2]));
            assertThat(reads.readAllEnd(two).getCount(MPI.INT)).isEqualTo(2);
            reads.close();
            File writes = new File(comm, name("some"), MPI.MODE_WRONLY);
            fails(MPI.ERR_ACCESS, "writing", () -> writes.read(two, 2, MPI.INT));
            writes.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void sizes_views_and_hints_are_what_was_set(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Info hints = new Info();
            hints.set("cb_nodes", "1");
            File file = new File(comm, name("sizes"), CREATE, hints);
            assertThat(file.getInfo().get("cb_nodes")).isEqualTo("1");
            file.setSize(1000);
            assertThat(file.getSize()).isEqualTo(1000);
            file.preallocate(3_000_000);
            file.preallocate(10);
            assertThat(file.getSize()).isEqualTo(3_000_000);
            file.setSize(40);
            fails(MPI.ERR_ARG, "negative", () -> file.setSize(-1));
            fails(MPI.ERR_NOT_SAME, "size", () -> file.setSize(comm.Rank()));
            Datatype second = Datatype.createResized(MPI.INT, 0, 2);
            file.setView(8, MPI.INT, second, "internal");
            FileView view = file.getView();
            assertThat(view.getDisp()).isEqualTo(8);
            assertThat(view.getEType()).isSameAs(MPI.INT);
            assertThat(view.getFileType()).isSameAs(second);
            assertThat(view.getDataRep()).isEqualTo("internal");
            assertThat(file.getByteOffset(3)).isEqualTo(8 + 24);
            assertThat(file.getTypeExtent(second)).isEqualTo(2);
            file.seek(-1, MPI.SEEK_END);
            assertThat(file.getPosition()).isEqualTo(3);
            file.seek(-2, MPI.SEEK_CUR);
            assertThat(file.getPosition()).isEqualTo(1);
            assertThat(file.getAtomicity()).isFalse();
            file.setErrhandler(MPI.ERRORS_ARE_FATAL);
            assertThat(file.getErrhandler()).isSameAs(MPI.ERRORS_ARE_FATAL);
            file.sync();
            file.close();
            File appends = new File(comm, name("sizes"), MPI.MODE_RDWR | MPI.MODE_APPEND);
            assertThat(appends.getPosition()).isEqualTo(40);
            assertThat(appends.getPositionShared()).isEqualTo(40);
            appends.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void external32_is_big_endian(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            File file = new File(comm, name("external"), CREATE);
            for (Datatype type : TypedArrays.TYPES) {
                FileLayout.STRIPES.set(file, comm, type, "external32");
                Object mine = TypedArrays.filled(type, 9, comm.Rank());
                file.writeAll(mine, 9, type);
                Object back = type.element.newArray(9);
                file.readAtAll(0, back, 9, type);
                TypedArrays.checkSame(back, mine, "external32 of " + type);
                comm.barrier();
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("external")));
                int last = (9 * 2 - 1) * type.getSize();
                int value = TypedArrays.value(8, 1, type.equals(MPI.BOOLEAN));
                switch (type.element) {
                    case SHORT -> assertThat(bytes.getShort(last)).isEqualTo((short) value);
                    case INT -> assertThat(bytes.getInt(last)).isEqualTo(value);
                    case LONG -> assertThat(bytes.getLong(last)).isEqualTo(value);
                    case DOUBLE -> assertThat(bytes.getDouble(last)).isEqualTo(value);
                    case BYTE, CHAR, BOOLEAN, FLOAT -> {}
                }
                comm.barrier();
                file.setSize(0);
            }
            mixed(file, comm);
            file.close();
        });
    }

    /** Values of different widths are turned one by one. */
    private void mixed(File file, Intracomm comm) throws IOException {
        Datatype[] types = {MPI.SHORT, MPI.DOUBLE, MPI.BYTE};
        Datatype struct = Datatype.createStruct(new int[] {2, 1, 3}, new int[] {0, 8, 16}, types);
        Datatype record = Datatype.createResized(struct, 0, 24);
        file.setView(0, struct, struct, "external32");
        ByteBuffer out = MPI.newByteBuffer(48);
        for (int i = 0; i < 2; i++) {
            out.putShort(24 * i, (short) (1 + i)).putShort(24 * i + 2, (short) (3 + i));
            out.putDouble(24 * i + 8, 1.5 + i).put(24 * i + 16, (byte) 7).put(24 * i + 18, (byte) 9);
        }
        file.setView(0, MPI.BYTE, MPI.BYTE, "external32");
        file.writeAtAll(30L * comm.Rank(), out, 2, record);
        ByteBuffer back = MPI.newByteBuffer(48);
        file.readAt(30L * comm.Rank(), back, 2, record);
        assertThat(back).isEqualTo(out);
        comm.barrier();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("external")));
        assertThat(bytes.capacity()).isEqualTo(60);
        assertThat(bytes.getShort(15)).isEqualTo((short) 2);
        assertThat(bytes.getShort(17)).isEqualTo((short) 4);
        assertThat(bytes.getDouble(19)).isEqualTo(2.5);
        assertThat(bytes.get(27)).isEqualTo((byte) 7);
        comm.barrier();
        file.setView(0, MPI.LONG_INT, MPI.LONG_INT, "external32");
        ByteBuffer pair = MPI.newByteBuffer(16).putLong(0, 77).putInt(8, 5);
        file.writeAtAll(comm.Rank(), pair, 1, MPI.LONG_INT);
        comm.barrier();
        bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("external")));
        assertThat(bytes.getLong(16)).isEqualTo(77);
        assertThat(bytes.getInt(24)).isEqualTo(5);
        comm.barrier();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM"})
    void buffers_may_have_gaps(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            File file = new File(comm, name("gaps"), CREATE);
            file.setView(0, MPI.INT, MPI.INT, "native");
            int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8};
            Datatype second = Datatype.createVector(4, 1, 2, MPI.INT);
            file.writeAt(4L * comm.Rank(), numbers, 1, second);
            comm.barrier();
            IntBuffer direct = MPI.newIntBuffer(8);
            assertThat(file.readAt(0, direct, 8, MPI.INT).getCount(MPI.INT)).isEqualTo(8);
            int[] flat = new int[8];
            direct.get(0, flat);
            assertThat(flat).containsExactly(0, 2, 4, 6, 0, 2, 4, 6);
            IntBuffer heap = IntBuffer.allocate(16);
            Status status = file.iReadAt(0, heap, 2, second).waitStatus();
            assertThat(status.getCount(second)).isEqualTo(2);
            assertThat(heap.array()).startsWith(0, 0, 2, 0, 4, 0, 6, 0, 0, 2, 0, 4, 0, 6);
            assertThat(file.readAt(8, direct, 3, MPI.INT).getCount(MPI.INT)).isZero();
            assertThat(file.writeAt(0, MPI.newIntBuffer(1), 0, MPI.INT).getCount(MPI.INT))
                    .isZero();
            file.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void many_rounds_of_collective_access_and_large_offsets_work(Wiring wiring) {
        int count = 2_500_000;
        RankThreads.run(3, wiring, comm -> {
            File file = new File(comm, name("large"), CREATE | MPI.MODE_DELETE_ON_CLOSE);
            FileLayout.STRIPES.set(file, comm, MPI.INT, "native");
            int[] mine = new int[count];
            Arrays.setAll(mine, i -> 3 * i + comm.Rank());
            file.writeAtAll(0, mine, count, MPI.INT);
            int[] back = new int[count + 10];
            assertThat(file.readAtAll(0, back, count + 10, MPI.INT).getCount(MPI.INT))
                    .isEqualTo(count);
            assertThat(Arrays.mismatch(back, 0, count, mine, 0, count)).isEqualTo(-1);
            int[] alone = new int[count];
            assertThat(file.readAt(0, alone, count, MPI.INT).getCount(MPI.INT)).isEqualTo(count);
            assertThat(Arrays.mismatch(alone, mine)).isEqualTo(-1);
            comm.barrier();
            file.setView(0, MPI.INT, MPI.INT, "native");
            int[] all = new int[3 * count];
            assertThat(file.readAtAll(0, all, 3 * count, MPI.INT).getCount(MPI.INT))
                    .isEqualTo(3 * count);
            for (int i = 0; i < 3 * count; i++) {
                if (all[i] != i) {
                    assertThat(all[i]).as("element %s", i).isEqualTo(i);
                }
            }
            sparse(file, comm);
            file.close();
        });
    }

    /** Beyond 2 GiB, for the machine and for counts of elements. */
    private static void sparse(File file, Intracomm comm) {
        comm.barrier();
        long far = 3_000_000_000L;
        FileLayout.STRIPES.set(file, comm, MPI.BYTE, "native");
        byte[] text = {1, 2, 3, (byte) comm.Rank()};
        file.writeAtAll(far, text, 4, MPI.BYTE);
        assertThat(file.getSize()).isEqualTo(3 * (far + 4));
        byte[] back = new byte[5];
        assertThat(file.readAtAll(far, back, 5, MPI.BYTE).getCount(MPI.BYTE)).isEqualTo(4);
        assertThat(back).startsWith(text);
        file.seek(0, MPI.SEEK_END);
        assertThat(file.getPosition()).isEqualTo(far + 4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP", "MIXED"})
    void atomic_writes_are_whole(Wiring wiring) {
        int count = 5_000;
        RankThreads.run(4, wiring, comm -> {
            File file = new File(comm, name("atomic"), CREATE);
            file.setAtomicity(true);
            assertThat(file.getAtomicity()).isTrue();
            // Every second element: many writes each, which would mix.
            file.setView(0, MPI.INT, Datatype.createResized(MPI.INT, 0, 2), "native");
            int[] mine = new int[count];
            for (int round = 1; round <= 3; round++) {
                Arrays.fill(mine, 10 * round + comm.Rank());
                file.writeAt(0, mine, count, MPI.INT);
                int[] seen = new int[count];
                assertThat(file.readAt(0, seen, count, MPI.INT).getCount(MPI.INT))
                        .isEqualTo(count);
                assertThat(Arrays.stream(seen).distinct().count()).isEqualTo(1);
            }
            file.writeAtAll(0, mine, count, MPI.INT);
            file.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM"})
    void byte_order_of_memory_stays(Wiring wiring) {
        RankThreads.run(1, wiring, comm -> {
            File file = new File(comm, name("native"), CREATE);
            file.write(new long[] {258}, 1, MPI.LONG);
            assertThat(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("native")))
                            .order(ByteOrder.nativeOrder())
                            .getLong())
                    .isEqualTo(258);
            file.close();
        });
    }
}
