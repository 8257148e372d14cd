package io.muster.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The children of this process: those that it has started, and those that it was given because their parent has ended.
 * A program that drops its environment and its session carries no {@link ProcessMark} any more; its orphans are found
 * here. Thread-safe; process-wide, as children are.
 *
 * <p>Every child must be started by {@link #start}, or it is taken for an orphan.
 */
public final class OwnProcesses {
    private static final Duration BETWEEN_PASSES = Duration.ofMillis(5);
    private static final Duration BETWEEN_REAPINGS = Duration.ofSeconds(5);

    /** Fields of {@code /proc/PID/stat} behind the name. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    private static final Set<Long> STARTED = ConcurrentHashMap.newKeySet();
    private static final Set<Period> PERIODS = ConcurrentHashMap.newKeySet();
    private static volatile boolean adopts;

    private OwnProcesses() {}

    /** Starts a child. */
    public static Process start(ProcessBuilder builder) throws IOException {
        synchronized (STARTED) {
            Process process = builder.start();
            STARTED.add(process.pid());
            CompletableFuture<Void> _ = process.onExit().thenRun(() -> STARTED.remove(process.pid()));
            return process;
        }
    }

    /**
     * Makes this process the parent of every descendant whose parent ends, from now on. They are reaped when they end,
     * and killed at the end of their {@link Period}.
     *
     * @return whether the system allows it
     */
    public static synchronized boolean adopt() {
        if (!adopts && Posix.becomeSubreaper()) {
            adopts = true;
            Thread.ofVirtual().name("reap-orphans").start(OwnProcesses::reapForEver);
        }
        return adopts;
    }

    /** Begins a time in which something runs whose orphans are to end with it. */
    public static Period begin() {
        Period period = new Period(nowTicks());
        PERIODS.add(period);
        return period;
    }

    /** The time of one job on this node, in the ticks in which the system gives the start of processes. */
    public static final class Period {
        private final long sinceTicks;

        private Period(long sinceTicks) {
            this.sinceTicks = sinceTicks;
        }

        /**
         * Kills the orphans that have started since the begin, but those that may belong to another period: one that
         * goes on and began before them. Those end with that one.
         *
         * @return ids of those that do not end in time
         */
        public List<Long> end(Duration deadline) {
            PERIODS.remove(this);
            if (!adopts) {
                return List.of();
            }
            long until = System.nanoTime() + deadline.toNanos();
            while (true) {
                List<Long> left =
                        orphans().stream().filter(this::owns).map(Orphan::pid).toList();
                if (left.isEmpty() || System.nanoTime() - until > 0) {
                    return left;
                }
                left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_PASSES.toMillis()));
            }
        }

        private boolean owns(Orphan orphan) {
            return orphan.startTicks() >= sinceTicks
                    && PERIODS.stream().noneMatch(other -> other.sinceTicks <= orphan.startTicks());
        }
    }

    private record Orphan(long pid, long startTicks) {}

    /** The orphans that run; those that have ended are reaped. */
    private static List<Orphan> orphans() {
        List<Long> children;
        synchronized (STARTED) {
            children = ProcessHandle.current()
                    .children()
                    .map(ProcessHandle::pid)
                    .filter(pid -> !STARTED.contains(pid))
                    .toList();
        }
        List<Orphan> running = new ArrayList<>();
        for (long pid : children) {
            Optional<List<String>> stat = stat(pid);
            if (stat.isPresent() && stat.get().get(STATE).equals("Z")) {
                Posix.reap(pid);
            } else {
                stat.ifPresent(fields -> running.add(new Orphan(pid, Long.parseLong(fields.get(START_TICKS)))));
            }
        }
        return running;
    }

    private static void reapForEver() {
        while (true) {
            LockSupport.parkNanos(BETWEEN_REAPINGS.toNanos());
            if (!PERIODS.isEmpty()) {
                orphans();
            }
        }
    }

    private static Optional<List<String>> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
            return fields.size() > START_TICKS ? Optional.of(fields) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A child of this moment would start at this tick or later. */
    private static long nowTicks() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            // Hundredths of a second, which is what a tick is for every program.
            return Long.parseLong(uptime.substring(0, uptime.indexOf(' ')).replace(".", ""));
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
