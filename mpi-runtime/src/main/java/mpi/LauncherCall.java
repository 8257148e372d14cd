package mpi;

import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.TaskOperation;
import io.muster.mpi.engine.World;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Asks the launcher. */
final class LauncherCall {
    private LauncherCall() {}

    /** Asks and waits in a thread of its own, so that this rank answers others, and hears of losses, meanwhile. */
    static LauncherAnswer ask(String call, ErrorClass errorClass, LauncherRequest request) {
        World world = MPI.world(call);
        Engine engine = world.all().engine();
        AtomicReference<LauncherAnswer> answer =
                new AtomicReference<>(LauncherAnswer.failed("the launcher did not answer"));
        TaskOperation task = engine.startTask(() -> answer.set(answer(world, request)));
        try {
            engine.waitFor(task);
            task.check();
        } catch (Failure e) {
            throw new MPIException(e.errorClass(), call + ": " + e.getMessage(), e);
        }
        LauncherAnswer said = Objects.requireNonNull(answer.get());
        if (said.kind() == LauncherAnswer.Kind.FAILED) {
            throw new MPIException(errorClass, call + ": " + said.text(), new Failure(errorClass, said.text()));
        }
        return said;
    }

    /** Asks in this thread. */
    static LauncherAnswer answer(World world, LauncherRequest request) {
        try {
            return world.ask(request);
        } catch (IOException e) {
            return LauncherAnswer.failed("the launcher cannot answer: " + e.getMessage());
        }
    }
}
