package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Structures of a program's own, pairs, complex numbers, and operations of a program's own on buffers (5.1, 6.9). */
final class StructTest {
    /** A byte, then three doubles at a multiple of 8, then a pair of ints: 40 bytes with two gaps. */
    private static final class Particle extends Struct {
        private final int kind = addByte();
        private final int place = setOffset(8).addDouble(3);
        private final int bond = addStruct(MPI.int2);

        @Override
        protected Data newData() {
            return new Data();
        }

        final class Data extends Struct.Data {
            void set(int number) {
                putByte(kind, (byte) number);
                for (int axis = 0; axis < 3; axis++) {
                    putDouble(place, axis, number + axis / 10.0);
                }
                Int2.Data pair = getData(MPI.int2, bond);
                pair.putValue(number);
                pair.putIndex(-number);
            }

            boolean is(int number) {
                Int2.Data pair = getData(MPI.int2, bond);
                return getByte(kind) == number
                        && getDouble(place, 2) == number + 0.2
                        && pair.getValue() == number
                        && pair.getIndex() == -number;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void structures_travel_in_arrays_and_buffers(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Particle particle = new Particle();
            assertThat(particle.getExtent()).isEqualTo(40);
            assertThat(particle.getType().getSize()).isEqualTo(33);
            int count = 1_000;
            if (comm.Rank() == 0) {
                ByteBuffer out = MPI.newByteBuffer(count * 40);
                for (int i = 0; i < count; i++) {
                    Particle.Data data = particle.getData(out, i);
                    data.set(i % 100);
                }
                comm.iSend(out, count, particle.getType(), 1, 0).waitFor();
            } else {
                byte[] in = new byte[count * 40];
                Status status = comm.recv(in, count, particle.getType(), 0, 0);
                assertThat(status.getCount(particle.getType())).isEqualTo(count);
                for (int i = 0; i < count; i++) {
                    Particle.Data data = particle.getData(in, i);
                    assertThat(data.is(i % 100)).as("particle %d", i).isTrue();
                }
                Particle.Data first = particle.getData(in);
                assertThat(first.getBuffer().capacity()).isEqualTo(in.length);
            }
            assertThatThrownBy(particle::addInt).isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_best_pair_of_every_type_wins(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            int me = comm.Rank();
            byte[] shorts = new byte[2 * 8];
            ByteBuffer longs = MPI.newByteBuffer(16);
            byte[] floats = new byte[8];
            byte[] doubles = new byte[16];
            byte[] ints = new byte[8];
            for (int i = 0; i < 2; i++) {
                ShortInt.Data pair = MPI.shortInt.getData(shorts, i);
                pair.putValue((short) (i == 0 ? 10 * me : -10 * me));
                pair.putIndex(me);
            }
            LongInt.Data ofLong = MPI.longInt.getData(longs);
            ofLong.putValue(1L << (40 + me));
            ofLong.putIndex(me);
            FloatInt.Data ofFloat = MPI.floatInt.getData(floats);
            ofFloat.putValue(0.5f);
            ofFloat.putIndex(10 - me);
            DoubleInt.Data ofDouble = MPI.doubleInt.getData(doubles);
            ofDouble.putValue(me == 1 ? Math.PI : 0);
            ofDouble.putIndex(me);
            Int2.Data ofInt = MPI.int2.getData(ints);
            ofInt.putValue(7 - me);
            ofInt.putIndex(me);

            comm.allReduce(shorts, 2, MPI.SHORT_INT, MPI.MAXLOC);
            comm.iAllReduce(longs, 1, MPI.LONG_INT, MPI.MAXLOC).waitFor();
            comm.allReduce(floats, 1, MPI.FLOAT_INT, MPI.MINLOC);
            comm.allReduce(doubles, 1, MPI.DOUBLE_INT.dup(), MPI.MAXLOC);
            comm.allReduce(ints, 1, MPI.INT2, MPI.MINLOC);
            ShortInt.Data first = MPI.shortInt.getData(shorts, 0);
            ShortInt.Data second = MPI.shortInt.getData(shorts, 1);
            assertThat(first.getValue()).isEqualTo((short) 20);
            assertThat(first.getIndex()).isEqualTo(2);
            assertThat(second.getValue()).isZero();
            assertThat(second.getIndex()).isZero();
            assertThat(ofLong.getValue()).isEqualTo(1L << 42);
            assertThat(ofFloat.getIndex()).as("the lowest of equal ones").isEqualTo(8);
            assertThat(ofDouble.getValue()).isEqualTo(Math.PI);
            assertThat(ofDouble.getIndex()).isEqualTo(1);
            assertThat(ofInt.getValue()).isEqualTo(5);
            assertThat(ofInt.getIndex()).isEqualTo(2);
            assertThatThrownBy(() -> comm.allReduce(new byte[16], 1, MPI.DOUBLE_INT, MPI.SUM))
                    .isInstanceOfSatisfying(
                            MPIException.class,
                            e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_OP));
        });
    }

    @ParameterizedTest
    @EnumSource
    void complex_numbers_are_added_and_multiplied(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            double[] product = new double[4];
            DoubleComplex second = DoubleComplex.get(product, 1);
            second.putReal(0);
            second.putImag(2);
            comm.allReduce(product, 2, MPI.DOUBLE_COMPLEX, MPI.PROD);
            assertThat(second.getReal()).isZero();
            assertThat(second.getImag()).isEqualTo(-8);
            assertThat(second.getBuffer().capacity()).isEqualTo(2);
            ByteBuffer sum = MPI.newByteBuffer(8);
            FloatComplex one = FloatComplex.get(sum);
            one.putReal(1);
            one.putImag(comm.Rank());
            comm.allReduce(sum, 1, MPI.FLOAT_COMPLEX, MPI.SUM);
            assertThat(one.getReal()).isEqualTo(3);
            assertThat(one.getImag()).isEqualTo(3);
            assertThatThrownBy(() -> comm.allReduce(product, 2, MPI.DOUBLE_COMPLEX, MPI.MAX))
                    .isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void operations_of_a_program_work_on_buffers_too(Wiring wiring) {
        Particle particle = new Particle();
        particle.getType();
        Op onStructures = new Op(
                new UserFunction() {
                    @Override
                    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type) {
                        for (int i = 0; i < count; i++) {
                            Particle.Data left = particle.getData(in, i);
                            Particle.Data right = particle.getData(inOut, i);
                            right.set(left.getByte(0) + right.getByte(0));
                        }
                    }
                },
                true);
        Op onInts = new Op(
                new UserFunction() {
                    @Override
                    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type) {
                        for (int i = 0; i < count; i++) {
                            inOut.putInt(4 * i, Math.max(in.getInt(4 * i), inOut.getInt(4 * i)));
                        }
                    }
                },
                true);
        RankThreads.run(3, wiring, comm -> {
            byte[] data = new byte[5 * 40];
            for (int i = 0; i < 5; i++) {
                Particle.Data each = particle.getData(data, i);
                each.set(comm.Rank() + i);
            }
            comm.allReduce(data, 5, particle.getType(), onStructures);
            for (int i = 0; i < 5; i++) {
                Particle.Data each = particle.getData(data, i);
                assertThat(each.is(3 + 3 * i)).isTrue();
            }
            int[] numbers = {comm.Rank(), -comm.Rank()};
            comm.allReduce(numbers, 2, MPI.INT, onInts);
            assertThat(numbers).containsExactly(2, 0);
        });
    }

    @Test
    void types_and_operations_have_numbers_and_attributes() {
        int key = Datatype.createKeyval();
        Datatype type = Datatype.Contiguous(2, MPI.DOUBLE);
        type.setAttr(key, 5);
        assertThat(type.dup().getAttr(key)).isEqualTo(5);
        type.deleteAttr(key);
        assertThat(type.getAttr(key)).isNull();
        Datatype.freeKeyval(key);
        assertThatThrownBy(() -> type.setAttr(key, 6)).isInstanceOf(MPIException.class);
        assertThat(type.getType()).isEqualTo(MPI.DOUBLE.baseType).isEqualTo(8);
        assertThat(MPI.OBJECT.getType()).isEqualTo(12);
        assertThat(MPI.MAX.opCode).isEqualTo(1);
        assertThat(MPI.MINLOC.opCode).isEqualTo(12);
    }
}
