package mpjbuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Buffers against a plain model: the list of elements that were written. */
final class BufferTest {
    private static final int LENGTH = 60;

    static Stream<Type> types() {
        return Arrays.stream(Type.values()).filter(type -> type != Type.UNDEFINED);
    }

    @ParameterizedTest
    @MethodSource("types")
    void elements_are_read_as_they_were_written(Type type) throws BufferException {
        Buffer buffer = new Buffer(4096);
        Object source = ArrayCalls.random(type, LENGTH);
        int[] indexes = {9, 3, 4, 5, 59, 0, 3};
        int[] shape = {7, 2, 3, 4, 20, 6, 1};
        List<Object> model = new ArrayList<>();
        buffer.putSectionHeader(type);
        ArrayCalls.write(buffer, source, 5, 11);
        addRange(model, source, 5, 11);
        ArrayCalls.gather(buffer, source, 5, 1, indexes);
        for (int k = 1; k < 6; k++) {
            model.add(Array.get(source, indexes[k]));
        }
        ArrayCalls.strGather(buffer, source, 2, 3, 1, 4, shape);
        addRegion(model, source);
        assertThat(buffer.getSectionSize()).isEqualTo(model.size());

        buffer.commit();
        for (int pass = 0; pass < 2; pass++) {
            assertThat(buffer.getSectionHeader()).isEqualTo(type);
            assertThat(buffer.getSectionSize()).isEqualTo(model.size());
            Object target = ArrayCalls.random(type, LENGTH);
            ArrayCalls.scatter(buffer, target, 5, 1, indexes);
            assertThat(Arrays.stream(indexes, 1, 6)
                            .mapToObj(index -> Array.get(target, index))
                            .toList())
                    .isEqualTo(model.subList(0, 5));
            ArrayCalls.strScatter(buffer, target, 2, 3, 1, 4, shape);
            List<Object> region = new ArrayList<>();
            addRegion(region, target);
            assertThat(region).isEqualTo(model.subList(5, 29));
            ArrayCalls.read(buffer, target, 1, 11);
            List<Object> last = new ArrayList<>();
            addRange(last, target, 1, 11);
            assertThat(last).isEqualTo(model.subList(29, 40));
            assertThat(buffer.getRemaining()).isZero();
            buffer.commit();
        }
    }

    @Test
    void sections_of_both_regions_come_in_order() throws BufferException {
        Random random = new Random(18);
        Buffer buffer = new Buffer(1 << 16);
        List<Type> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            order.addAll(types().toList());
        }
        Collections.shuffle(order, random);
        List<Object> arrays = new ArrayList<>();
        for (Type type : order) {
            int length = random.nextInt(20);
            Object array = ArrayCalls.random(type, length);
            arrays.add(array);
            buffer.putSectionHeader(type);
            ArrayCalls.write(buffer, array, 0, length);
        }
        buffer.commit();
        for (int i = 0; i < order.size(); i++) {
            assertThat(buffer.getSectionHeader()).isEqualTo(order.get(i));
            int length = buffer.getSectionSize();
            Object target = ArrayCalls.random(order.get(i), length);
            ArrayCalls.read(buffer, target, 0, length);
            assertThat(target).isEqualTo(arrays.get(i));
        }
        refused(buffer::getSectionHeader);
    }

    @ParameterizedTest
    @MethodSource("types")
    void numbers_of_the_other_byte_order_are_read(Type type) throws BufferException {
        int bytes = type.staticBytes();
        if (bytes == 0) {
            return;
        }
        ByteOrder other =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Buffer buffer = new Buffer(64);
        Object source = ArrayCalls.random(type, 2);
        buffer.putSectionHeader(type);
        ArrayCalls.write(buffer, source, 0, 2);
        ByteBuffer raw = buffer.staticBytes();
        reverse(raw, 4, 4);
        reverse(raw, 8, bytes);
        reverse(raw, 8 + bytes, bytes);
        buffer.commit();
        buffer.setEncoding(other);
        buffer.getSectionHeader();
        Object target = ArrayCalls.random(type, 2);
        ArrayCalls.read(buffer, target, 0, 2);
        assertThat(target).isEqualTo(source);
        buffer.clear();
        assertThat(buffer.getEncoding()).isEqualTo(ByteOrder.nativeOrder());
    }

    @Test
    void sizes_count_headers_and_padding() throws BufferException {
        Buffer buffer = new Buffer(48);
        assertThat(buffer.getCapacity()).isEqualTo(48);
        buffer.putSectionHeader(Type.BYTE);
        buffer.write(new byte[3], 0, 3);
        assertThat(buffer.getSize()).isEqualTo(11);
        buffer.putSectionHeader(Type.DOUBLE);
        assertThat(buffer.getSize()).isEqualTo(24);
        buffer.write(new double[3], 0, 3);
        assertThat(buffer.getSize()).isEqualTo(48);
        refused(() -> buffer.write(new double[1], 0, 1));
        refused(() -> buffer.putSectionHeader(Type.OBJECT));
        assertThat(buffer.getSectionSize()).isEqualTo(3);
        buffer.clear();
        assertThat(buffer.getSize()).isZero();
    }

    @Test
    void a_copy_in_part_of_a_region_reads_the_same() throws BufferException {
        Buffer buffer = new Buffer(64);
        buffer.putSectionHeader(Type.INT);
        buffer.write(new int[] {4, 5}, 0, 2);
        buffer.putSectionHeader(Type.OBJECT);
        buffer.write(new Object[] {"text", List.of(1)}, 0, 2);
        buffer.commit();
        byte[] dynamic = buffer.getDynamicBuffer();
        Buffer copy = new Buffer(BufferFactory.create(100), 10, 64);
        assertThat(copy.offset()).isEqualTo(10);
        copy.copy(buffer.staticBytes(), 0, buffer.getSize(), copy.offset(), dynamic, dynamic.length);
        copy.commit();
        assertThat(copy.getSectionHeader()).isEqualTo(Type.INT);
        int[] ints = new int[2];
        copy.read(ints, 0, 2);
        assertThat(ints).containsExactly(4, 5);
        assertThat(copy.getSectionHeader()).isEqualTo(Type.OBJECT);
        Object[] objects = new Object[2];
        copy.read(objects, 0, 2);
        assertThat(objects).containsExactly("text", List.of(1));
    }

    @Test
    void calls_in_the_wrong_state_are_refused_and_change_nothing() throws BufferException {
        Buffer buffer = new Buffer(64);
        refused(() -> buffer.write(new int[1], 0, 1));
        refused(buffer::getSectionHeader);
        refused(buffer::getRemaining);
        refused(buffer::getSectionSize);
        buffer.putSectionHeader(Type.INT);
        refused(() -> buffer.write(new long[1], 0, 1));
        refused(() -> buffer.read(new int[1], 0, 1));
        refused(() -> buffer.putSectionHeader(Type.UNDEFINED));
        buffer.write(new int[] {1, 2}, 0, 2);
        buffer.commit();
        assertThat(buffer.isWritable()).isFalse();
        refused(() -> buffer.write(new int[1], 0, 1));
        refused(() -> buffer.read(new int[1], 0, 1));
        buffer.getSectionHeader();
        refused(() -> buffer.read(new float[2], 0, 2));
        refused(() -> buffer.read(new int[3], 0, 3));
        refused(buffer::getSectionHeader);
        int[] target = new int[2];
        buffer.read(target, 0, 2);
        assertThat(target).containsExactly(1, 2);
        buffer.free();
        buffer.free();
        refused(buffer::clear);
        refused(buffer::commit);
        refused(buffer::staticBytes);
    }

    @Test
    void places_outside_the_array_are_refused_before_anything_moves() throws BufferException {
        Buffer buffer = new Buffer(64);
        buffer.putSectionHeader(Type.INT);
        outside(() -> buffer.write(new int[4], 2, 3));
        outside(() -> buffer.write(new int[4], 2, -1));
        outside(() -> buffer.gather(new int[4], 2, 0, new int[] {0, 4}));
        outside(() -> buffer.gather(new int[4], 2, 1, new int[] {0, 1}));
        outside(() -> buffer.strGather(new int[4], 0, 1, 0, 1, new int[] {3, 2}));
        outside(() -> buffer.strGather(new int[4], 0, 2, 0, 1, new int[] {3, 2}));
        assertThat(buffer.getSectionSize()).isZero();
        assertThat(buffer.getSize()).isEqualTo(8);
    }

    @Test
    void what_is_no_section_is_refused() throws BufferException {
        Buffer buffer = new Buffer(64);
        buffer.staticBytes().put(0, (byte) 4).putInt(4, 1000);
        buffer.setSize(64);
        buffer.commit();
        refused(buffer::getSectionHeader);
        buffer.staticBytes().put(0, (byte) 99).putInt(4, 1);
        refused(buffer::getSectionHeader);
        buffer.clear();
        buffer.putSectionHeader(Type.OBJECT);
        refused(() -> buffer.write(new Object[] {new Object()}, 0, 1));
    }

    @ParameterizedTest
    @EnumSource
    void a_code_stands_for_its_type(Type type) {
        assertThat(Type.getType(type.getCode())).isEqualTo(type);
    }

    private static void addRange(List<Object> model, Object array, int offset, int count) {
        for (int i = 0; i < count; i++) {
            model.add(Array.get(array, offset + i));
        }
    }

    /** The region of the first test: extents 2, 3, 4, strides 20, 6, 1, from element 2 on. */
    private static void addRegion(List<Object> model, Object array) {
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    model.add(Array.get(array, 2 + 20 * i + 6 * j + k));
                }
            }
        }
    }

    private static void reverse(ByteBuffer bytes, int at, int length) {
        for (int i = 0; i < length / 2; i++) {
            byte first = bytes.get(at + i);
            bytes.put(at + i, bytes.get(at + length - 1 - i)).put(at + length - 1 - i, first);
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(BufferException.class).message().isNotEmpty();
    }

    private static void outside(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
}
