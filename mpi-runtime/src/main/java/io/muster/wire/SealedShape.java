package io.muster.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A value of a sealed interface: the simple name of its record, then the record. */
final class SealedShape implements Shape {
    private final Class<?> type;
    private final Map<String, Shape> byName = new HashMap<>();

    SealedShape(Class<?> type) {
        this.type = type;
        collect(type);
    }

    private void collect(Class<?> sealed) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                collect(permitted);
            } else if (byName.put(permitted.getSimpleName(), Shapes.of(permitted)) != null) {
                throw new IllegalArgumentException(type + " permits two records named " + permitted.getSimpleName());
            }
        }
    }

    @Override
    public void write(ShapeWriter out, Object value) {
        String name = value.getClass().getSimpleName();
        Shape shape = byName.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(value.getClass() + " is no " + type.getName());
        }
        out.writeText(name);
        shape.write(out, value);
    }

    @Override
    public Object read(ShapeReader in) throws IOException {
        String name = in.readText();
        Shape shape = byName.get(name);
        if (shape == null) {
            throw in.wrong("'" + name + "', which is no " + type.getSimpleName() + ",");
        }
        return shape.read(in);
    }
}
