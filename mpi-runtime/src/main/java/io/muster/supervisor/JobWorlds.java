package io.muster.supervisor;

import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job with all of its worlds: the ranks that it starts with, and those that ranks spawn (MPI 4.1, section 11.8).
 * Each world is a {@link JobRun} of its own; together they have one journal, one outcome and one end. When one fails,
 * the others end with it. In the journal the ranks of a spawned world are counted on from those before it.
 */
public final class JobWorlds {
    private final JobOrder order;
    private final Consumer<JobEvent> events;
    private final Nodes nodes;
    private final long startNanos = System.nanoTime();

    /** Guarded by this, as is what changes in a world. */
    private final List<World> worlds = new ArrayList<>();

    private int ranks;
    private boolean ending;

    /** Makes the lines to nodes. */
    @FunctionalInterface
    public interface Nodes {
        /**
         * The line to a node that has ranks of a world; what it hears goes to {@code run}.
         *
         * @throws IOException when the node cannot run ranks at all
         */
        NodeLine open(WorldOrder world, int nodeIndex, JobRun run) throws IOException;
    }

    /**
     * Prepares a job.
     *
     * @param events gets every event of the job, one at a time
     */
    public JobWorlds(JobOrder order, Consumer<JobEvent> events, Nodes nodes) {
        this.order = order;
        this.events = events;
        this.nodes = nodes;
    }

    /**
     * Runs the job; returns when all of it is over and nothing of it is left, or on this thread's interruption.
     *
     * @throws IOException when the nodes cannot run ranks at all
     */
    public JobOutcome run() throws IOException, InterruptedException {
        World first = add(WorldOrder.first(order), null);
        try {
            first.work();
            JobOutcome outcome = awaitOutcome();
            events.accept(new JobEvent.Ended(System.currentTimeMillis(), outcome));
            return outcome;
        } finally {
            interruptOthers();
        }
    }

    /** Ends the job because somebody asked for it; a job that has not begun, or is over, does not mind. */
    public void cancel(String reason) {
        List<World> all;
        synchronized (this) {
            ending = true;
            all = List.copyOf(worlds);
        }
        all.forEach(world -> world.run.cancel(reason));
    }

    private synchronized World add(WorldOrder what, @Nullable Consumer<LauncherAnswer> asker) {
        World world = new World(what, ranks, Duration.ofNanos(System.nanoTime() - startNanos), asker);
        ranks += what.order().size();
        worlds.add(world);
        return world;
    }

    private synchronized JobOutcome awaitOutcome() throws InterruptedException {
        while (!worlds.stream().allMatch(world -> world.over)) {
            wait();
        }
        return worlds.stream()
                .flatMap(world -> world.verdict.stream())
                .min(Comparator.comparingLong(JobState.Verdict::atMillis))
                .map(JobState.Verdict::outcome)
                .orElseGet(JobOutcome::done);
    }

    private synchronized void interruptOthers() {
        worlds.stream().flatMap(world -> world.thread.stream()).forEach(Thread::interrupt);
    }

    private void spawn(LauncherRequest.Spawn request, Consumer<LauncherAnswer> answer) {
        try {
            World world;
            synchronized (this) {
                if (ending) {
                    throw new IllegalArgumentException("the job is being ended");
                }
                world = add(SpawnPlan.of(order, worlds.size(), ranks, request), answer);
                world.thread = Optional.of(
                        Thread.ofVirtual().name(world.what.order().jobId()).unstarted(world::workAlone));
            }
            world.thread.ifPresent(Thread::start);
        } catch (IllegalArgumentException e) {
            answer.accept(LauncherAnswer.failed(String.valueOf(e.getMessage())));
        }
    }

    /** One world. */
    private final class World implements JobListener {
        private final WorldOrder what;
        private final int firstRank;
        private final JobRun run;
        private Optional<Thread> thread = Optional.empty();

        /** Who waits until all ranks have called Init; until then what goes wrong is nobody else's matter. */
        private @Nullable Consumer<LauncherAnswer> asker;

        private boolean refused;
        private boolean over;

        /** Of a failure, in the words of the job. */
        private Optional<JobState.Verdict> verdict = Optional.empty();

        World(WorldOrder what, int firstRank, Duration before, @Nullable Consumer<LauncherAnswer> asker) {
            this.what = what;
            this.firstRank = firstRank;
            this.run = new JobRun(what.order(), this, before);
            this.asker = asker;
        }

        void work() throws IOException, InterruptedException {
            try {
                JobOutcome _ = run.run(node -> nodes.open(what, node, run));
            } finally {
                synchronized (JobWorlds.this) {
                    over = true;
                    JobWorlds.this.notifyAll();
                }
            }
        }

        /** Whatever goes wrong is told. */
        private void workAlone() {
            String problem = "the launcher could not go on with them";
            try {
                work();
                problem = "";
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                if (!problem.isEmpty()) {
                    decided(JobState.Verdict.infrastructure(System.currentTimeMillis(), title() + ": " + problem));
                }
            }
        }

        private String title() {
            return what.spawned().map(world -> "spawned " + world.title()).orElse("the job");
        }

        @Override
        public void happened(JobEvent event) {
            Optional<JobEvent> told = JobRanks.from(firstRank, event)
                    .filter(each -> what.spawned().isEmpty() || !(each instanceof JobEvent.Started));
            if (told.isPresent()) {
                synchronized (events) {
                    events.accept(told.get());
                }
            }
        }

        @Override
        public void allCalledInit() {
            answer(LauncherAnswer.done(""));
        }

        private void answer(LauncherAnswer answer) {
            Consumer<LauncherAnswer> waiting;
            synchronized (JobWorlds.this) {
                waiting = asker;
                asker = null;
            }
            if (waiting != null) {
                waiting.accept(answer);
            }
        }

        @Override
        public void decided(JobState.Verdict how) {
            List<World> others = List.of();
            JobState.Verdict mine = how;
            synchronized (JobWorlds.this) {
                refused |= asker != null;
                if (!refused && how.outcome().kind() != JobOutcome.Kind.DONE) {
                    ending = true;
                    mine = how.outcome().rank().isPresent() && what.spawned().isPresent()
                            ? how.of(JobRanks.from(firstRank, title(), how.outcome()))
                            : how;
                    verdict = Optional.of(mine);
                    others =
                            worlds.stream().filter(world -> !world.equals(this)).toList();
                }
            }
            JobState.Verdict told = mine;
            // A run that is busy telling this one the same is not waited for.
            others.forEach(world -> Thread.ofVirtual().start(() -> world.run.otherWorldFailed(told)));
            answer(LauncherAnswer.failed(
                    how.outcome().cause().isEmpty()
                            ? "its ranks ended with exit code 0 before all had called Init"
                            : how.outcome().cause()));
        }

        @Override
        public void spawnAsked(LauncherRequest.Spawn request, Consumer<LauncherAnswer> answer) {
            spawn(request, answer);
        }
    }
}
