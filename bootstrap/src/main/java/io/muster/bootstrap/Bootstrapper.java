package io.muster.bootstrap;

import io.muster.agent.Member;
import io.muster.bootstrap.bundle.Spread;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Makes members of a cluster out of reachable nodes, all at once. What is as it should be stays; so a second run does
 * nothing, and repairs whatever an interrupted run, a crash or a visitor left behind.
 */
public final class Bootstrapper {
    /** Makes one; it holds nothing between runs. */
    public Bootstrapper() {}

    /** As below, and every connection is closed at the end. */
    public List<NodeReport> run(BootstrapPlan plan, StepListener events) throws IOException, InterruptedException {
        return run(plan, events, (node, port, link) -> link.close());
    }

    /**
     * Takes every step on every node and blocks until all have ended. A node that fails is a row of the result and
     * delays nobody else.
     *
     * @param links gets the open way to the agent of each node that has passed all steps, and owns it
     * @return one report a node, in the order of the plan
     * @throws IOException when the cluster's own keys cannot be read; no node was touched
     * @throws InterruptedException when interrupted: steps under way are broken off; the next run goes on from there
     */
    public List<NodeReport> run(BootstrapPlan plan, StepListener events, LinkTaker links)
            throws IOException, InterruptedException {
        ClusterIdentity identity = ClusterIdentity.load(
                plan.keys().tls().certificateFile(), plan.keys().tls().keyFile());
        ClusterFiles files = ClusterFiles.of(plan);
        Semaphore places = new Semaphore(plan.maxParallel());
        Spread spread = new Spread(
                plan.bundle(), places, plan.maxParallel(), plan.deadlines().mostForJoining());
        BundleStep bundle = new BundleStep(plan, spread);
        List<Row> rows = plan.nodes().stream()
                .map(node -> new Row(
                        new NodeWork(plan, node, identity, files, bundle, events), new NodeSteps(node, events, places)))
                .toList();
        try {
            try (spread) {
                forAll(rows, row -> join(plan, row));
            }
            List<Row> up = rows.stream().filter(row -> !row.steps().failed()).toList();
            List<Member> members = up.stream().map(row -> row.work().member()).toList();
            forAll(rows, row -> introduce(plan, row, members));
            forAll(rows, row -> measure(plan, row, members));
            rows.stream()
                    .filter(row -> !row.steps().failed())
                    .forEach(row -> row.work()
                            .release()
                            .ifPresent(link -> links.take(
                                    row.work().node(), row.work().member().port(), link)));
            return rows.stream().map(Row::report).toList();
        } finally {
            rows.forEach(row -> row.work().close());
        }
    }

    private static void join(BootstrapPlan plan, Row row) throws InterruptedException {
        NodeWork work = row.work();
        step(plan, row, Step.CONNECT, work::connect);
        step(plan, row, Step.LOOK, work::look);
        step(plan, row, Step.PUSH, work::push);
        step(plan, row, Step.KEYS, work::keys);
        step(plan, row, Step.HOSTS, deadline -> work.hosts());
        step(plan, row, Step.AGENT, work::agent);
    }

    private static void introduce(BootstrapPlan plan, Row row, List<Member> members) throws InterruptedException {
        step(plan, row, Step.MEMBERS, deadline -> row.work().members(members));
    }

    private static void measure(BootstrapPlan plan, Row row, List<Member> members) throws InterruptedException {
        if (!plan.options().contains(BootstrapPlan.Option.PREFLIGHT)) {
            row.steps().skip(Step.PREFLIGHT, "not asked for");
        } else if (members.size() < 2) {
            row.steps().skip(Step.PREFLIGHT, "there is no neighbour");
        } else {
            step(plan, row, Step.PREFLIGHT, deadline -> row.work().preflight(next(members, row)));
        }
    }

    private static Member next(List<Member> members, Row row) {
        return members.get((members.indexOf(row.work().member()) + 1) % members.size());
    }

    private static void step(BootstrapPlan plan, Row row, Step step, StepWork work) throws InterruptedException {
        boolean waits = step == Step.CONNECT || (step == Step.PUSH && plan.spreads());
        Duration deadline = plan.deadlines().of(step, plan.spreads());
        NodeSteps.Place place = waits ? NodeSteps.Place.NONE : NodeSteps.Place.TAKEN;
        row.steps().run(step, place, deadline, () -> work.run(deadline));
    }

    private static void forAll(List<Row> rows, RowWork work) throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Row row : rows) {
            tasks.add(() -> {
                work.run(row);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Interrupted here, invokeAll cancels every task, which breaks off the steps under way.
            for (Future<Void> done : threads.invokeAll(tasks)) {
                if (done.state() == Future.State.FAILED) {
                    throw new IllegalStateException(
                            "a step broke its promise to fail as an outcome", done.exceptionNow());
                }
            }
        }
    }

    /** Gets the open ways to the agents. */
    @FunctionalInterface
    public interface LinkTaker {
        /** Takes over the way to the agent of a node, which listens on that port. */
        void take(NodeTarget node, int agentPort, AgentLink link);
    }

    @FunctionalInterface
    private interface StepWork {
        StepResult run(Duration deadline) throws Exception;
    }

    @FunctionalInterface
    private interface RowWork {
        void run(Row row) throws InterruptedException;
    }

    private record Row(NodeWork work, NodeSteps steps) {
        NodeReport report() {
            return new NodeReport(work.node(), steps.outcomes(), work.facts(), work.agentPort(), work.measured());
        }
    }
}
