package mpi;

import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import io.muster.wireup.WireUp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A launcher whose ranks are threads of this process. */
final class InMemoryLauncher {
    private final int size;
    private final ConcurrentHashMap<Integer, RankAddress> addresses = new ConcurrentHashMap<>();
    private final CountDownLatch missing;
    private final CopyOnWriteArrayList<Consumer<RankLost>> listeners = new CopyOnWriteArrayList<>();

    InMemoryLauncher(int size) {
        this.size = size;
        this.missing = new CountDownLatch(size);
    }

    /** Tells all ranks of a loss. */
    void lose(RankLost lost) {
        listeners.forEach(listener -> listener.accept(lost));
    }

    WireUp line() {
        return new Line();
    }

    private final class Line implements WireUp {
        @Override
        public List<RankAddress> exchange(RankAddress mine, Duration deadline) throws IOException {
            addresses.put(mine.rank(), mine);
            missing.countDown();
            try {
                if (!missing.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(missing.getCount() + " ranks are missing");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            List<RankAddress> table = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                table.add(addresses.get(rank));
            }
            return table;
        }

        @Override
        public void onRankLost(Consumer<RankLost> listener) {
            listeners.add(listener);
        }

        @Override
        public LauncherAnswer ask(LauncherRequest request) {
            return LauncherAnswer.failed("threads have no names");
        }

        @Override
        public void abort(int exitCode, String reason) {}

        @Override
        public void goodbye() {}

        @Override
        public void close() {}
    }
}
