package io.muster.state;

import io.muster.spec.ClusterName;
import java.time.Instant;

/** What came of asking for a cluster's lock. */
public sealed interface LockAttempt {

    /** This process has it, until it closes the lock or ends. */
    record Acquired(OperationLock lock) implements LockAttempt {}

    /**
     * Another operation has it.
     *
     * @param pid its process; 0 when it could not be read
     * @param operation what it does, for example {@code up}
     * @param since when it took the lock
     */
    record HeldByOther(ClusterName cluster, long pid, String operation, Instant since) implements LockAttempt {

        /** The error for a person, with the next step. */
        public String message() {
            return "cluster " + cluster + ": \"" + operation + "\" is running since " + since + " in process " + pid
                    + ". Wait until it has ended, or end it with \"kill " + pid + "\" and try again.";
        }
    }
}
