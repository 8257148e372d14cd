package io.muster.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Classes of a jar whose format is older than that of Java 6, written anew in that of Java 8. */
final class OldClasses {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int VERSION_OFFSET = 6;

    private final JarFile jar;
    private final ClassFile writer;

    OldClasses(JarFile jar) {
        this.jar = jar;
        // A constant pool of its own has every method written, with its stack map, in place of being copied.
        this.writer = ClassFile.of(
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::open)));
    }

    /** Whether a jar has such classes; its first class tells. */
    static boolean areIn(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    return isOld(in.readNBytes(VERSION_OFFSET + 2));
                }
            }
        }
        return false;
    }

    /** The class as it was, or written anew when it is old. */
    byte[] renewed(byte[] bytes) {
        if (!isOld(bytes)) {
            return bytes;
        }
        ClassModel model = writer.parse(bytes);
        ClassTransform newVersion = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        return writer.transformClass(
                model,
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(newVersion));
    }

    private static boolean isOld(byte[] bytes) {
        int version = ((bytes[VERSION_OFFSET] & 0xff) << 8) | (bytes[VERSION_OFFSET + 1] & 0xff);
        return version < FIRST_WITH_STACK_MAPS;
    }

    private @Nullable InputStream open(ClassDesc type) {
        String descriptor = type.descriptorString();
        String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
        JarEntry entry = jar.getJarEntry(name);
        try {
            return entry == null ? ClassLoader.getSystemResourceAsStream(name) : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
