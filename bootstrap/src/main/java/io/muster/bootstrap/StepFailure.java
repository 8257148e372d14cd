package io.muster.bootstrap;

import io.muster.bootstrap.ssh.SshTarget;

/** Ends a step; becomes a {@link StepOutcome.Failed} before it leaves the node's thread. */
final class StepFailure extends Exception {
    private static final long serialVersionUID = 1;

    StepFailure(SshTarget node, String what) {
        super(node + ": " + what);
    }
}
