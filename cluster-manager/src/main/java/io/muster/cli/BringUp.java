package io.muster.cli;

import io.muster.api.ClusterChange;
import io.muster.api.ClusterStatus;
import io.muster.cli.document.ClusterDocument;
import io.muster.cli.screen.ProgressView;
import io.muster.plan.ClusterPlan;
import io.muster.spec.ClusterSpec;

/** Brings a cluster to what a spec says: shows the difference, asks where it costs, and shows what stands then. */
final class BringUp {
    private final Session session;
    private final boolean yes;

    /** {@code yes} when the user has agreed beforehand. */
    BringUp(Session session, boolean yes) {
        this.session = session;
        this.yes = yes;
    }

    int run(ClusterSpec spec) {
        ClusterPlan plan = session.api().plan(spec);
        ClusterChange change = session.api().change(spec);
        if (!change.isEmpty()) {
            session.screen().say(text(spec, change));
        }
        if (plan.isBilled() && !yes && !Consent.given(session, plan)) {
            session.screen().say("nothing was created");
            return ExitCode.DONE;
        }
        ClusterStatus status;
        try (ProgressView progress = session.progress(spec.count())) {
            status = session.api().up(spec, progress);
        }
        session.result(ClusterDocument.of(status), () -> StatusText.of(status, session.screen()));
        String name = status.cluster();
        session.screen()
                .say("next: muster run " + name + " -n " + Math.max(1, status.readySlots())
                        + " -- PROGRAM, and muster down " + name + " when you are done");
        return ExitCode.DONE;
    }

    private static String text(ClusterSpec spec, ClusterChange change) {
        StringBuilder text = new StringBuilder("cluster " + spec.name() + " changes:");
        change.added().forEach(node -> text.append("\n  + ").append(node));
        change.removed().forEach(node -> text.append("\n  - ").append(node));
        change.settings().forEach(setting -> text.append("\n  ~ ").append(setting));
        return text.toString();
    }
}
