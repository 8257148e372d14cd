package io.muster.cli;

import java.util.List;

/**
 * Several commands one after the other in one process, as the build runs them to record the cache with which each of
 * them starts.
 */
public final class Rehearsal {
    private static final String NEXT = ";";

    /** What is also run as by a user who finds a resident process. */
    private static final String ALSO_RESIDENT = "jobs";

    private Rehearsal() {}

    /**
     * Runs the commands and ends the process: with 0, or with the code of the first that failed.
     *
     * @param args the words of all commands, with {@code ;} between two
     */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        while (words.contains(NEXT)) {
            int end = words.indexOf(NEXT);
            int code = ThisProcess.run(words.subList(0, end).toArray(String[]::new));
            if (code != ExitCode.DONE) {
                System.exit(code);
            }
            if (words.getFirst().equals(ALSO_RESIDENT)) {
                ResidentCommand.run(ALSO_RESIDENT);
            }
            words = words.subList(end + 1, words.size());
        }
        Main.main(words.toArray(String[]::new));
    }
}
