package io.muster.bootstrap;

import io.muster.bootstrap.bundle.BundlePush;
import io.muster.bootstrap.bundle.BundlePush.Transfer;
import io.muster.bootstrap.bundle.PushResult;
import io.muster.bootstrap.bundle.Spread;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Has the bundle on a node, by the way that the plan asks for. Thread-safe. */
final class BundleStep {
    private static final double MIB = 1 << 20;

    private final BootstrapPlan plan;
    private final Spread spread;

    BundleStep(BootstrapPlan plan, Spread spread) {
        this.plan = plan;
        this.spread = spread;
    }

    StepResult bring(SshSession session, NodeTarget node, Duration deadline, LongConsumer progress)
            throws StepFailure, SshException, InterruptedException {
        PushResult result = plan.spreads()
                ? spread.deliver(session, node.privateAddress(), deadline, progress)
                : BundlePush.push(session, plan.bundle(), transfer(node), deadline, progress);
        return switch (result) {
            case PushResult.AlreadyThere there ->
                StepResult.unchanged("bundle " + plan.bundle().hash() + " is there");
            case PushResult.Shared shared ->
                StepResult.changed(String.format("%.1f MiB taken from this machine", shared.bytes() / MIB));
            case PushResult.Sent sent -> StepResult.changed(sent(sent));
            case PushResult.Fetched fetched ->
                StepResult.changed(String.format("%.1f MiB from %s", fetched.bytes() / MIB, fetched.from()));
            case PushResult.NoRoom full -> throw new StepFailure(node.ssh(), noRoom(full));
            case PushResult.Refused refused ->
                throw new StepFailure(
                        node.ssh(),
                        "the bundle could not be unpacked in ~/.muster/node/bundles: " + refused.message()
                                + ". Next step: log in and try to write there.");
        };
    }

    /** On this machine itself nothing need travel, and unpacking would cost more than it saves. */
    private static Transfer transfer(NodeTarget node) {
        return node.isHere() ? Transfer.SHARED : Transfer.GZIP;
    }

    private static String sent(PushResult.Sent sent) {
        return sent.travelled() == sent.bytes()
                ? String.format("%.1f MiB sent", sent.bytes() / MIB)
                : String.format("%.1f MiB sent as %.1f", sent.bytes() / MIB, sent.travelled() / MIB);
    }

    private static String noRoom(PushResult.NoRoom full) {
        return String.format(
                "the disk of ~/%s is full: the bundle needs %.1f MiB (%d bytes), %.1f MiB (%d bytes)"
                        + " are free. Next step: free some there, or choose nodes with a larger disk.",
                full.path(), full.neededBytes() / MIB, full.neededBytes(), full.freeBytes() / MIB, full.freeBytes());
    }
}
