package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.plan.ClusterPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Asks before money is spent, or something is lost. */
final class Consent {
    private static final Set<String> YES = Set.of("y", "yes");

    private Consent() {}

    static boolean given(Session session, ClusterPlan plan) {
        String price = plan.pricePerHour().map(money -> money + " an hour").orElse("a price that is not known");
        if (!session.screen().isLive()) {
            throw Failures.wrongInput(
                    plan.pricePerHour().isPresent()
                            ? "the cluster costs money and nobody can be asked"
                            : "the cluster may cost money and nobody can be asked",
                    "cluster " + plan.spec().name(),
                    price + "; stderr is no terminal",
                    "give --yes (-y) when it may be created");
        }
        session.screen().say(PlanText.of(plan, session.screen()));
        return answered(session, "Create it for " + price + "?");
    }

    /** Asks before things are removed that nothing wants. */
    static boolean toRemove(Session session, int count) {
        if (!session.screen().isLive()) {
            throw Failures.wrongInput(
                    "nobody can be asked whether to remove this",
                    "muster gc",
                    "stderr is no terminal",
                    "give --yes when it may be removed, or --dry-run to look only");
        }
        return answered(session, count == 1 ? "Remove it?" : "Remove these " + count + "?");
    }

    /** Says which jobs run, and asks before they are cancelled where somebody can answer. */
    static boolean toCancel(Session session, List<JobStatus> running) {
        running.forEach(job -> session.screen().say("job " + job.jobId() + " runs: " + job.command()));
        return !session.screen().isLive()
                || answered(session, running.size() == 1 ? "Cancel it?" : "Cancel these " + running.size() + "?");
    }

    private static boolean answered(Session session, String question) {
        session.screen().ask(question + " [y/N]");
        try {
            String answer = new BufferedReader(new InputStreamReader(
                            session.surroundings().in(), session.surroundings().charset()))
                    .readLine();
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            return false;
        }
    }
}
