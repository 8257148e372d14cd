package io.muster.bootstrap.master;

import io.muster.bootstrap.AgentLink;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A command's way to the connection master. Thread-safe. Where no master answers, the command goes its own way.
 *
 * @param socket the master's Unix socket
 */
public record MasterClient(Path socket) {
    /** Longest path of a Unix socket that Linux takes. */
    public static final int MAX_PATH_BYTES = 107;

    private static final Duration HELLO_DEADLINE = Duration.ofSeconds(2);

    private static final Duration END_DEADLINE = Duration.ofSeconds(5);

    /** What the master may take longer than the login: for an agent that answers slowly. */
    private static final Duration ANSWER = Duration.ofSeconds(65);

    /** Whether a master answers. Blocks for at most two seconds. */
    public boolean isThere() {
        Optional<Talk> talk = talk();
        talk.ifPresent(Talk::close);
        return talk.isPresent();
    }

    /**
     * A link to an agent through a session of the master, which answers. Blocks.
     *
     * @param lastPort where the agent listened when the node became a member
     * @param deadline for SSH to let the master in
     * @return empty when there is no master
     * @throws IOException when the agent cannot be reached
     */
    public Optional<AgentLink> link(AgentPlace place, int lastPort, Duration deadline) throws IOException {
        MasterRequest.Connect wish = new MasterRequest.Connect(place, lastPort, deadline);
        Optional<Talk> talk = talk();
        if (talk.isEmpty()) {
            return Optional.empty();
        }
        AtomicReference<@Nullable Line> opened =
                new AtomicReference<>(talk.get().connect(wish));
        AgentLink link = AgentLink.over(() -> {
            Line line = opened.getAndSet(null);
            return line == null ? connect(wish) : line;
        });
        link.agent().describe();
        return Optional.of(link);
    }

    /**
     * Has the master end its sessions to the nodes of a cluster, and waits for its own end when it has no others. Does
     * nothing when there is no master.
     *
     * @param identity folder with the certificate and key of the cluster
     */
    public void forget(Path identity) throws IOException {
        Optional<Talk> talk = talk();
        if (talk.isPresent()) {
            try (Talk open = talk.get()) {
                open.ask(new MasterRequest.Forget(identity.toString()), ANSWER);
                open.awaitEnd();
            }
        }
    }

    /** Writes what a new master finds on its standard input. */
    public static void writeFirst(List<AgentPlace> places, List<Integer> ports, Duration deadline, OutputStream stdin)
            throws IOException {
        DataOutputStream out = new DataOutputStream(stdin);
        for (int i = 0; i < places.size(); i++) {
            byte[] frame = MasterRequest.CODEC.encode(new MasterRequest.Connect(places.get(i), ports.get(i), deadline));
            out.writeInt(frame.length);
            out.write(frame);
        }
        out.flush();
    }

    private Line connect(MasterRequest.Connect wish) throws IOException {
        return talk().orElseThrow(() -> new IOException("the process that kept the connection to "
                        + wish.place().node() + " is gone. Next step: run the same command again."))
                .connect(wish);
    }

    private Optional<Talk> talk() {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try {
            Talk talk = new Talk(new Line(new UnixSocket(connected(), "the connection master")));
            boolean done = false;
            try {
                talk.hello();
                done = true;
                return Optional.of(talk);
            } finally {
                if (!done) {
                    talk.close();
                }
            }
        } catch (IOException e) {
            // Nobody listens, or whoever does hangs: the same as none.
            return Optional.empty();
        }
    }

    private SocketChannel connected() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** One line to the master, before it leads to an agent. */
    private record Talk(Line line, Conversation<MasterRequest, MasterReply> master) implements AutoCloseable {
        Talk(Line line) {
            this(line, new Conversation<>(line, MasterRequest.CODEC, MasterReply.CODEC));
        }

        void hello() throws IOException {
            if (master.receive(HELLO_DEADLINE).isEmpty()) {
                throw new IOException("it ends just now");
            }
        }

        /** This line, which leads to the agent now; closed when it does not. */
        Line connect(MasterRequest.Connect wish) throws IOException {
            boolean done = false;
            try {
                ask(wish, wish.deadline().plus(ANSWER));
                done = true;
                return line;
            } finally {
                if (!done) {
                    close();
                }
            }
        }

        void ask(MasterRequest request, Duration deadline) throws IOException {
            master.send(request);
            MasterReply reply = master.receive(deadline)
                    .orElseThrow(() -> new IOException("the process that keeps the connections ended"));
            if (reply instanceof MasterReply.Failed failed) {
                throw new IOException(failed.message());
            }
        }

        void awaitEnd() throws IOException {
            if (master.receive(END_DEADLINE).isPresent()) {
                throw new IOException("the connection master goes on after it was done");
            }
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
