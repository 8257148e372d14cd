package io.muster.supervisor;

import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import java.util.function.Consumer;

/** Who hears what happens in a run, from the thread that runs it. */
@FunctionalInterface
interface JobListener {
    /** An event for the journal. */
    void happened(JobEvent event);

    /** All ranks have called Init. */
    default void allCalledInit() {}

    /** Why the ranks end is known, or known better than before. */
    default void decided(JobState.Verdict verdict) {}

    /** A rank wants others to be spawned; {@code answer} is to be called once, from any thread. Must not block. */
    default void spawnAsked(LauncherRequest.Spawn request, Consumer<LauncherAnswer> answer) {
        answer.accept(LauncherAnswer.failed("this job starts no ranks"));
    }
}
