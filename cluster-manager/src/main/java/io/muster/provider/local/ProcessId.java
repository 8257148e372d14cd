package io.muster.provider.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid process number
 * @param startTicks when it started, in clock ticks since the machine did
 */
record ProcessId(long pid, long startTicks) {
    private static final int STATE_FIELD = 0;
    private static final int START_FIELD = 19;

    static ProcessId ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IllegalStateException("/proc/" + pid + "/stat cannot be read"));
    }

    /** The running process with that number; a zombie does not run. */
    static Optional<ProcessId> of(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (IOException e) {
            return Optional.empty();
        }
        // the name in parentheses may itself hold spaces and parentheses
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        if (fields.length <= START_FIELD || fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessId(pid, Long.parseLong(fields[START_FIELD])));
    }

    static ProcessId parse(String text) throws IOException {
        String[] parts = text.split("@");
        try {
            return new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("'" + text + "' is not a process", e);
        }
    }

    boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    @Override
    public String toString() {
        return pid + "@" + startTicks;
    }
}
