package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can be called by its mpiJava name can be called by that of the Open MPI bindings, too. */
final class BothDialectsTest {
    /** What the bindings call quite differently. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("Test_inter", "isInter"),
            Map.entry("Topo_test", "getTopology"),
            Map.entry("Create_cart", "createCart"),
            Map.entry("Dims_create", "createDims"),
            Map.entry("Get", "getTopo"),
            Map.entry("Wait", "waitFor"),
            Map.entry("Buffer_attach", "attachBuffer"),
            Map.entry("Buffer_detach", "detachBuffer"),
            Map.entry("Attr_get", "getAttr"),
            Map.entry("Attr_delete", "deleteAttr"),
            Map.entry("Test_cancelled", "isCancelled"));

    /** Both dialects write these the same way, or the bindings have none. */
    private static final Set<String> WITHOUT_TWIN =
            Set.of("Init", "Finalize", "Ub", "Errorhandler_get", "Errorhandler_set");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Intracomm.class,
                CartComm.class,
                Group.class,
                Request.class,
                Status.class,
                Datatype.class,
                Op.class,
                MPI.class
            })
    void every_upper_case_name_has_a_lower_case_one(Class<?> type) {
        Set<String> names =
                Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
        List<String> alone = names.stream()
                .filter(name -> Character.isUpperCase(name.charAt(0)) && !WITHOUT_TWIN.contains(name))
                .filter(name -> names.stream().noneMatch(other -> isTwin(name, other)))
                .toList();
        assertThat(alone).as("names of " + type + " in one dialect only").isEmpty();
    }

    private static boolean isTwin(String name, String other) {
        if (Character.isUpperCase(other.charAt(0))) {
            return false;
        }
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        String otherPlain = other.toLowerCase(Locale.ROOT);
        return other.equals(RENAMED.get(name))
                || List.of(plain, "get" + plain, "is" + plain, "create" + plain).contains(otherPlain);
    }
}
