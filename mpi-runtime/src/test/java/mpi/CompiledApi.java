package mpi;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compiled package, asked whether a program that was written for one of the dialects finds what it uses: by the
 * compiler and by reflection. Parameters may be of wider types than in the list and results of narrower ones.
 */
final class CompiledApi {
    /** What MPJ Express inherits from its device layer belongs to the class itself here. */
    private static final Map<String, String> MOVED = Map.of("mpjdev.Status", "mpi.Status");

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "void", void.class,
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class);

    private CompiledApi() {}

    static boolean has(ApiList.Entry entry) {
        return switch (entry) {
            case ApiList.Type type -> hasType(type);
            case ApiList.Field field -> hasField(field);
            case ApiList.Call call -> hasCall(call);
        };
    }

    private static boolean hasType(ApiList.Type type) {
        Class<?> found = find(type.name());
        if (found == null || !Modifier.isPublic(found.getModifiers())) {
            return false;
        }
        String parent = type.superclass();
        if (parent == null || !parent.startsWith("mpi.")) {
            return true;
        }
        Class<?> superclass = find(parent);
        return superclass != null && superclass.isAssignableFrom(found);
    }

    private static boolean hasField(ApiList.Field field) {
        Class<?> owner = find(field.owner());
        Class<?> type = find(field.type());
        if (owner == null || type == null) {
            return false;
        }
        return Arrays.stream(owner.getFields())
                .filter(each -> each.getName().equals(field.name()))
                .anyMatch(each -> usable(each, field.isStatic())
                        && type.isAssignableFrom(each.getType())
                        && (field.value() == null || field.value().equals(valueOf(each))));
    }

    private static String valueOf(java.lang.reflect.Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            return e.toString();
        }
    }

    private static boolean hasCall(ApiList.Call call) {
        Class<?> owner = find(call.owner());
        Class<?> result = find(call.result());
        List<Class<?>> parameters = call.parameters().stream()
                .<Class<?>>map(CompiledApi::findOrVoid)
                .toList();
        if (owner == null || result == null || parameters.contains(void.class)) {
            return false;
        }
        if (call.name().equals("<init>")) {
            return Arrays.stream(owner.getConstructors()).anyMatch(each -> takes(each, parameters));
        }
        return Arrays.stream(owner.getMethods())
                .filter(each -> each.getName().equals(call.name()) && takes(each, parameters))
                .anyMatch(each -> usable(each, call.isStatic()) && result.isAssignableFrom(each.getReturnType()));
    }

    private static boolean takes(Executable made, List<Class<?>> parameters) {
        Class<?>[] types = made.getParameterTypes();
        if (types.length != parameters.size()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isAssignableFrom(parameters.get(i))) {
                return false;
            }
        }
        return made instanceof Constructor || made instanceof Method;
    }

    /** Whether a program in another package can reach it by reflection, which asks for a public class. */
    private static boolean usable(Member member, boolean isStatic) {
        return Modifier.isPublic(member.getDeclaringClass().getModifiers())
                && Modifier.isStatic(member.getModifiers()) == isStatic;
    }

    private static Class<?> findOrVoid(String name) {
        Class<?> found = find(name);
        return found == null ? void.class : found;
    }

    private static @Nullable Class<?> find(String name) {
        if (name.endsWith("[]")) {
            Class<?> element = find(name.substring(0, name.length() - 2));
            return element == null ? null : element.arrayType();
        }
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        try {
            return Class.forName(MOVED.getOrDefault(name, name));
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
