package io.muster.cli;

import io.muster.launch.QuickExit;
import io.muster.mpirun.Mpirun;
import io.muster.mpirun.MpirunArguments;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Entry point of the command. */
public final class Main {
    /** Commands during which there is time to prepare a quick end, beside those that may run in another process. */
    private static final Set<String> WAIT_FOR_NODES = Set.of("up", "scale", "down", "gc", "demo");

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // The version alone must not wait for the argument parser to load.
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println(version());
            return;
        }
        // Nor must ranks that are ready to go; what is wrong or unclear is the parser's to explain.
        if (args.length > 1 && args[0].equals("mpirun")) {
            List<String> words = List.of(args).subList(1, args.length);
            if (MpirunArguments.parse(words) instanceof MpirunArguments.Parsed.Right) {
                Mpirun.main(words.toArray(String[]::new));
            }
        }
        OptionalInt elsewhere = ResidentCommand.run(args);
        if (elsewhere.isPresent()) {
            Runtime.getRuntime().halt(elsewhere.getAsInt());
        }
        if (args.length > 0 && (ResidentCommand.takes(args[0]) || WAIT_FOR_NODES.contains(args[0]))) {
            QuickExit.prepare();
            QuickExit.exit(ThisProcess.run(args));
        }
        System.exit(ThisProcess.run(args));
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "muster " + (version == null ? "development" : version);
    }
}
