package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Package {@code mpi} has every public class and member of both Java dialects, but for what {@code missing.txt} lists,
 * which only gets shorter, and the deliberate exceptions in {@code exceptions.txt}.
 */
final class ApiSurfaceTest {
    private static final List<ApiList.Entry> LISTED = Stream.of("mpj-express.txt", "open-mpi-java.txt")
            .map(ApiList::read)
            .flatMap(Collection::stream)
            .toList();

    /** What is not there as one of the dialects, or both, have it. */
    private static final Set<String> ABSENT = keys(entry -> !CompiledApi.has(entry));

    private static final List<Exemption> EXEMPTIONS =
            ApiList.lines("exceptions.txt").stream().map(Exemption::of).toList();

    /** A deliberate exception: a key, or the start of several and a star. */
    private record Exemption(String pattern, String reason) {
        static Exemption of(String line) {
            String[] parts = line.split(" \\| ");
            assertThat(parts).as("key and reason in: " + line).hasSize(2);
            return new Exemption(parts[0].strip(), parts[1].strip());
        }

        boolean covers(String key) {
            return pattern.endsWith("*")
                    ? key.startsWith(pattern.substring(0, pattern.length() - 1))
                    : key.equals(pattern);
        }
    }

    @Test
    void what_is_missing_is_listed_and_what_is_listed_is_missing() {
        TreeSet<String> expected = new TreeSet<>(ApiList.lines("missing.txt"));
        TreeSet<String> missing = new TreeSet<>(ABSENT);
        missing.removeIf(key -> EXEMPTIONS.stream().anyMatch(exemption -> exemption.covers(key)));
        TreeSet<String> lost = new TreeSet<>(missing);
        lost.removeAll(expected);
        TreeSet<String> made = new TreeSet<>(expected);
        made.removeAll(missing);
        assertThat(lost)
                .as("in the dialects, but neither here nor in missing.txt")
                .isEmpty();
        assertThat(made).as("in missing.txt, but there: remove the lines").isEmpty();
    }

    @Test
    void every_exception_is_about_something_that_is_absent() {
        for (Exemption exemption : EXEMPTIONS) {
            assertThat(exemption.reason())
                    .as("reason of " + exemption.pattern())
                    .isNotEmpty();
            assertThat(ABSENT).as("what " + exemption.pattern() + " is about").anyMatch(exemption::covers);
        }
    }

    @Test
    void the_lists_are_read_as_a_whole() {
        assertThat(keys(entry -> true))
                .hasSize(1007)
                .contains(
                        "class mpi.Comm",
                        "mpi.Comm.Send(java.lang.Object, int, int, mpi.Datatype, int, int)",
                        "mpi.Struct.getData(byte[], int)",
                        "mpi.MPI.IDENT",
                        "mpi.Count.<init>(long)");
    }

    private static Set<String> keys(Predicate<ApiList.Entry> which) {
        return LISTED.stream().filter(which).map(ApiList.Entry::key).collect(Collectors.toCollection(TreeSet::new));
    }
}
