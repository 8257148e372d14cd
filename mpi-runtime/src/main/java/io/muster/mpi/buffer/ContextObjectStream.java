package io.muster.mpi.buffer;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** Reads objects of the program; finds their classes also where the program has a class loader of its own. */
public final class ContextObjectStream extends ObjectInputStream {
    public ContextObjectStream(InputStream bytes) throws IOException {
        super(bytes);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
        try {
            return Class.forName(
                    described.getName(), false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            // Primitive types have no class of their own name.
            return super.resolveClass(described);
        }
    }
}
