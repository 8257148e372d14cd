package io.muster.mpirun;

import io.muster.host.ProgramCommand;
import io.muster.launch.OutputPrinter;
import io.muster.launch.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run on this machine; a program that is not there is refused.
 *
 * @param ranks how many
 * @param folder that they work in
 * @param environment variables over those of this process
 * @param jvmOptions for Java programs, after Muster's own
 * @param wallTime how long they may run before they are ended
 */
public record MpirunOrder(
        Program program,
        int ranks,
        Path folder,
        Map<String, String> environment,
        List<String> jvmOptions,
        OutputPrinter.Tags tags,
        Optional<Duration> wallTime) {
    /** Most ranks on one machine. */
    public static final int MAX_RANKS = 4096;

    public MpirunOrder {
        if (ranks < 1 || ranks > MAX_RANKS) {
            throw new IllegalArgumentException("-n is " + ranks + "; it must be from 1 to " + MAX_RANKS);
        }
        ProgramCommand.problem(program, folder).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }
}
