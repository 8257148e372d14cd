package io.muster.supervisor;

import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.util.List;

/** A node of a job, to the one who runs the job. No method throws: what fails is heard of as an input. */
public interface NodeLine extends AutoCloseable {
    /** Starts the ranks. */
    void start();

    /** Gives the ranks the addresses of all. */
    void sendTable(List<RankAddress> addresses);

    /** Tells the ranks that one is gone. */
    void sendLost(RankLost lost);

    /** Runs a command that the launcher on another node asked for. */
    void spawn(long id, String command);

    /** Tells the launcher on this node that a command that it asked for has ended. */
    void sendSpawnEnded(long id, int exitCode);

    /** Tells a rank on this node how its request to spawn others went. */
    void sendWorldAnswer(long id, LauncherAnswer answer);

    /** Ends the ranks with a moment of grace; afterwards the node reports that it is clean. Returns at once. */
    void end();

    /** Lets go; ranks that still run are killed at once. */
    @Override
    void close();
}
