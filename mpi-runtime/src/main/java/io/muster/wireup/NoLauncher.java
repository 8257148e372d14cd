package io.muster.wireup;

import io.muster.launch.Folders;
import io.muster.launch.Guardian;
import io.muster.launch.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process that no launcher started does for itself: its names are those of a job of one rank. With the first
 * name it gets a folder and a guardian that removes it, however the process ends. Thread-safe.
 */
public final class NoLauncher implements AutoCloseable {
    private static final int ONLY_RANK = 0;

    private final Path folder =
            Folders.newSharedFolder("single-" + ProcessHandle.current().pid());
    private final RankNames names = new RankNames(new LocalNames(folder));
    private @Nullable Guardian guardian;

    /** As {@link WireUp#ask}. */
    public synchronized LauncherAnswer ask(LauncherRequest request) throws IOException {
        return switch (request) {
            case LauncherRequest.PublishName publish -> {
                makeFolder();
                yield names.publish(ONLY_RANK, publish);
            }
            case LauncherRequest.UnpublishName unpublish -> names.unpublish(ONLY_RANK, unpublish);
            case LauncherRequest.LookUpName lookUp -> names.lookUp(lookUp);
            case LauncherRequest.Spawn spawn ->
                LauncherAnswer.failed("this process was started without a launcher, which would start the ranks;"
                        + " start it with muster mpirun -n 1");
        };
    }

    private void makeFolder() throws IOException {
        if (guardian == null) {
            guardian = Guardian.start(ProcessMark.random("SINGLE"), List.of(folder), System.err::println);
            Folders.createPrivate(folder);
        }
    }

    @Override
    public synchronized void close() {
        if (guardian != null) {
            names.close();
            try {
                Folders.delete(folder);
                guardian.close();
            } catch (IOException e) {
                // The guardian stays, and removes what could not be removed, when this process has ended.
                System.err.println("cannot remove " + folder + " yet: " + e.getMessage());
            }
            guardian = null;
        }
    }
}
