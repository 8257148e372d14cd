package io.muster.cli;

/** Entry point of the command. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // The version alone must not wait for the argument parser to load.
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println(version());
            return;
        }
        System.exit(ThisProcess.run(args));
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "muster " + (version == null ? "development" : version);
    }
}
