package io.muster.mpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpi.transport.Doorbell;
import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameHandler;
import io.muster.mpi.transport.FrameKind;
import io.muster.mpi.transport.Link;
import io.muster.mpi.transport.SelfTransport;
import io.muster.mpi.transport.TcpTransport;
import io.muster.mpi.transport.Transport;
import io.muster.wireup.RankAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranks take leave of those that they have talked to. */
@Timeout(60)
final class GoodbyeTest {
    private static final int RANKS = 6;
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger goodbyes = new AtomicInteger();
    private final List<Doorbell> bells = new ArrayList<>();
    private final List<TcpTransport> transports = new ArrayList<>();

    @Test
    void only_pairs_that_have_talked_say_goodbye() throws Exception {
        List<RankAddress> addresses = new ArrayList<>();
        for (int rank = 0; rank < RANKS; rank++) {
            bells.add(new Doorbell());
            transports.add(TcpTransport.listen(rank, RANKS, "job", "127.0.0.1", SECRET, bells.get(rank)));
            addresses.add(new RankAddress(
                    rank, rank, "127.0.0.1", transports.get(rank).port(), 1));
        }
        List<FutureTask<Void>> ranks = IntStream.range(0, RANKS)
                .mapToObj(rank -> new FutureTask<Void>(() -> talkToNeighbour(rank, addresses), null))
                .toList();
        ranks.forEach(rank -> Thread.ofPlatform().daemon().start(rank));
        for (FutureTask<Void> rank : ranks) {
            rank.get(30, TimeUnit.SECONDS);
        }
        assertThat(goodbyes).as("one from each to each of its two neighbours").hasValue(2 * RANKS);
    }

    /** Sends round a ring once; the last message comes home, so all have received when rank 0 leaves. */
    private void talkToNeighbour(int rank, List<RankAddress> addresses) {
        try {
            transports
                    .get(rank)
                    .connect(addresses.stream()
                            .filter(address -> address.rank() != rank)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Transport> ways = List.of(new SelfTransport(rank), new Counting(transports.get(rank)));
        try (Engine engine = new Engine(rank, RANKS, RANKS, ways, bells.get(rank))) {
            int next = (rank + 1) % RANKS;
            int previous = (rank + RANKS - 1) % RANKS;
            if (rank == 0) {
                engine.send(0, next, 0, new byte[8], 0, 8);
            }
            engine.waitFor(engine.startReceive(0, previous, 0, new byte[8], 0, 8));
            if (rank != 0) {
                engine.send(0, next, 0, new byte[8], 0, 8);
            }
            engine.goodbye();
        }
    }

    /** The real transport, whose goodbyes are counted. */
    private final class Counting implements Transport {
        private final Transport inner;
        private final Map<Integer, Link> links = new HashMap<>();

        Counting(Transport inner) {
            this.inner = inner;
            inner.links().forEach((rank, link) -> links.put(rank, counting(link)));
        }

        private Link counting(Link link) {
            return new Link() {
                @Override
                public boolean offer(Frame frame) {
                    boolean taken = link.offer(frame);
                    if (taken && frame.kind == FrameKind.GOODBYE) {
                        goodbyes.incrementAndGet();
                    }
                    return taken;
                }

                @Override
                public int maxPayload() {
                    return link.maxPayload();
                }

                @Override
                public boolean awaitsGoodbye() {
                    return link.awaitsGoodbye();
                }
            };
        }

        @Override
        public Map<Integer, Link> links() {
            return links;
        }

        @Override
        public int poll(FrameHandler handler) {
            return inner.poll(handler);
        }

        @Override
        public boolean costly() {
            return inner.costly();
        }

        @Override
        public void fallAsleep() {
            inner.fallAsleep();
        }

        @Override
        public boolean flushed() {
            return inner.flushed();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
