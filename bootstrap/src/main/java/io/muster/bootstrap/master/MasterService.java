package io.muster.bootstrap.master;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a process a connection master. */
public final class MasterService {
    private MasterService() {}

    /**
     * Serves until it has nothing more to do, or at once when another process does.
     *
     * @param socket at most {@link MasterClient#MAX_PATH_BYTES} long
     * @param idle how long it waits for somebody to use it
     * @param first what {@link MasterClient#writeFirst} wrote: agents to log in to at once
     * @param companion what this process does beside
     */
    public static void run(Path socket, Duration idle, InputStream first, Companion companion)
            throws IOException, InterruptedException {
        new ConnectionMaster(socket, idle, companion).serve(read(new DataInputStream(first)));
    }

    private static List<MasterRequest.Connect> read(DataInputStream in) throws IOException {
        List<MasterRequest.Connect> wishes = new ArrayList<>();
        try {
            while (true) {
                byte[] frame = in.readNBytes(in.readInt());
                if (MasterRequest.CODEC.decode(frame) instanceof MasterRequest.Connect wish) {
                    wishes.add(wish);
                }
            }
        } catch (EOFException e) {
            return wishes;
        }
    }
}
