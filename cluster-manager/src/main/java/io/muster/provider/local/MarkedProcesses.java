package io.muster.provider.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The processes of local nodes, found by the variable that all of them inherit. Parents are not asked: whoever
 * detaches from its parent still carries the mark.
 */
final class MarkedProcesses {
    /** The variable of all that runs on a node; its value is {@link #mark}. */
    static final String VARIABLE = "MUSTER_LOCAL_NODE";

    /** The variable of a node's guardian, with the same value; the guardian is not part of the node. */
    static final String GUARDIAN_VARIABLE = "MUSTER_LOCAL_GUARDIAN";

    private MarkedProcesses() {}

    /** A process and the mark that it carries. */
    record Marked(long pid, String mark) {}

    /** The mark of a node: where its folder is, and its id. */
    static String mark(Path folder, String id) {
        return folder + "#" + id;
    }

    /** The folder of the node that a mark names. */
    static Path folderOf(String mark) {
        return Path.of(mark.substring(0, mark.lastIndexOf('#')));
    }

    /** The id of the node that a mark names. */
    static String idOf(String mark) {
        return mark.substring(mark.lastIndexOf('#') + 1);
    }

    /**
     * The processes of nodes whose mark fits. A process that ends meanwhile, or is another user's, is not among them.
     *
     * @param variable {@link #VARIABLE} or {@link #GUARDIAN_VARIABLE}
     */
    static List<Marked> find(String variable, Predicate<String> fits) throws IOException {
        return carriers(variable, mark -> mark.indexOf('#') > 0 && fits.test(mark));
    }

    /** Numbers of the processes in whose environment a variable has a value. */
    static List<Long> with(String variable, String value) throws IOException {
        return carriers(variable, value::equals).stream().map(Marked::pid).toList();
    }

    private static List<Marked> carriers(String variable, Predicate<String> fits) throws IOException {
        List<Marked> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                markOf(process, variable).filter(fits).ifPresent(mark -> found.add(new Marked(pid, mark)));
            }
        }
        return found;
    }

    private static Optional<String> markOf(Path process, String variable) {
        String environment;
        try {
            environment = '\0' + new String(Files.readAllBytes(process.resolve("environ")), UTF_8);
        } catch (IOException e) {
            return Optional.empty();
        }
        String start = '\0' + variable + '=';
        int at = environment.indexOf(start);
        if (at < 0) {
            return Optional.empty();
        }
        int end = environment.indexOf('\0', at + 1);
        return Optional.of(environment.substring(at + start.length(), end < 0 ? environment.length() : end));
    }
}
