package io.muster.wire;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** A record: its components one after the other. */
final class RecordShape implements Shape {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Method[] accessors;
    private final Shape[] components;

    RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] declared = type.getRecordComponents();
        this.constructor = constructor(type, declared);
        this.accessors =
                Arrays.stream(declared).map(RecordComponent::getAccessor).toArray(Method[]::new);
        this.components = Arrays.stream(declared)
                .map(component -> Shapes.of(component.getGenericType()))
                .toArray(Shape[]::new);
        constructor.setAccessible(true);
        for (Method accessor : accessors) {
            accessor.setAccessible(true);
        }
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] declared) {
        Class<?>[] types = Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    @Override
    public void write(ShapeWriter out, Object value) {
        for (int i = 0; i < accessors.length; i++) {
            components[i].write(out, component(value, accessors[i]));
        }
    }

    private static Object component(Object value, Method accessor) {
        try {
            return accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }

    @Override
    public Object read(ShapeReader in) throws IOException {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].read(in);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            WireException wrong = in.wrong(type.getSimpleName() + " refused its values ("
                    + e.getTargetException().getMessage() + ")");
            wrong.initCause(e);
            throw wrong;
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}
