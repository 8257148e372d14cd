package io.muster.bootstrap.master;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The process that is a connection master. */
public final class MasterMain {
    private MasterMain() {}

    /**
     * Serves until it has nothing more to do.
     *
     * @param arguments the Unix socket; milliseconds that it waits for somebody to use it. On standard input come,
     *     framed, the agents to log in to at once.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<MasterRequest.Connect> first = read(new DataInputStream(System.in));
        new ConnectionMaster(Path.of(arguments[0]), Duration.ofMillis(Long.parseLong(arguments[1]))).serve(first);
        // A session that does not end must not keep the process.
        Runtime.getRuntime().halt(0);
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
