package io.muster.wire;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The shape of every type that can be sent. */
final class Shapes {
    private static final Map<Class<?>, Shape> CLASSES = new ConcurrentHashMap<>();

    private Shapes() {}

    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException("a component of type " + type + " cannot be sent");
        }
        Shape known = CLASSES.get(plain);
        if (known == null) {
            known = ofClass(plain);
            CLASSES.put(plain, known);
        }
        return known;
    }

    private static Shape ofGeneric(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            return new ListShape(of(arguments[0]));
        }
        if (type.getRawType() == Optional.class) {
            return new OptionalShape(of(arguments[0]));
        }
        if (type.getRawType() == Map.class) {
            return new MapShape(of(arguments[0]), of(arguments[1]));
        }
        throw new IllegalArgumentException("a component of type " + type + " cannot be sent");
    }

    private static Shape ofClass(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return shape((out, value) -> out.writeInt((Integer) value), ShapeReader::readInt);
        }
        if (type == long.class || type == Long.class) {
            return shape((out, value) -> out.writeLong((Long) value), ShapeReader::readLong);
        }
        if (type == double.class || type == Double.class) {
            return shape(
                    (out, value) -> out.writeLong(Double.doubleToLongBits((Double) value)),
                    in -> Double.longBitsToDouble(in.readLong()));
        }
        if (type == boolean.class || type == Boolean.class) {
            return shape((out, value) -> out.writeByte((Boolean) value ? 1 : 0), Shapes::readBoolean);
        }
        if (type == String.class) {
            return shape((out, value) -> out.writeText((String) value), ShapeReader::readText);
        }
        if (type == byte[].class) {
            return shape((out, value) -> out.writeBytes((byte[]) value), ShapeReader::readBytes);
        }
        if (type == Duration.class) {
            return shape(
                    (out, value) -> out.writeLong(((Duration) value).toNanos()), in -> Duration.ofNanos(in.readLong()));
        }
        if (type.isEnum()) {
            return new EnumShape(type);
        }
        if (type.isRecord()) {
            return new RecordShape(type);
        }
        if (type.isSealed()) {
            return new SealedShape(type);
        }
        throw new IllegalArgumentException("a component of type " + type.getName() + " cannot be sent");
    }

    private static boolean readBoolean(ShapeReader in) throws IOException {
        int value = in.readByte();
        if (value > 1) {
            throw in.wrong("a truth value of " + value);
        }
        return value == 1;
    }

    private interface Write {
        void write(ShapeWriter out, Object value);
    }

    private interface Read {
        Object read(ShapeReader in) throws IOException;
    }

    private static Shape shape(Write write, Read read) {
        return new Shape() {
            @Override
            public void write(ShapeWriter out, Object value) {
                write.write(out, value);
            }

            @Override
            public Object read(ShapeReader in) throws IOException {
                return read.read(in);
            }
        };
    }

    private record ListShape(Shape element) implements Shape {
        @Override
        public void write(ShapeWriter out, Object value) {
            List<?> list = (List<?>) value;
            out.writeInt(list.size());
            list.forEach(each -> element.write(out, each));
        }

        @Override
        public Object read(ShapeReader in) throws IOException {
            int count = in.readCount();
            List<Object> list = new ArrayList<>(Math.min(count, 1024));
            for (int i = 0; i < count; i++) {
                list.add(element.read(in));
            }
            return List.copyOf(list);
        }
    }

    private record OptionalShape(Shape element) implements Shape {
        @Override
        public void write(ShapeWriter out, Object value) {
            Optional<?> optional = (Optional<?>) value;
            out.writeByte(optional.isPresent() ? 1 : 0);
            optional.ifPresent(present -> element.write(out, present));
        }

        @Override
        public Object read(ShapeReader in) throws IOException {
            return readBoolean(in) ? Optional.of(element.read(in)) : Optional.empty();
        }
    }

    private record MapShape(Shape key, Shape element) implements Shape {
        @Override
        public void write(ShapeWriter out, Object value) {
            Map<?, ?> map = (Map<?, ?>) value;
            out.writeInt(map.size());
            map.forEach((name, each) -> {
                key.write(out, name);
                element.write(out, each);
            });
        }

        @Override
        public Object read(ShapeReader in) throws IOException {
            int count = in.readCount();
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                map.put(key.read(in), element.read(in));
            }
            return Map.copyOf(map);
        }
    }

    private record EnumShape(Class<?> type) implements Shape {
        @Override
        public void write(ShapeWriter out, Object value) {
            out.writeText(((Enum<?>) value).name());
        }

        @Override
        public Object read(ShapeReader in) throws IOException {
            String name = in.readText();
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw in.wrong("'" + name + "', which is no " + type.getSimpleName() + ",");
        }
    }
}
