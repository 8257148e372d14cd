package io.muster.wireup;

import io.muster.wireup.LauncherAnswer.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The names that the ranks of one launcher have published; each goes with its rank at the latest. Thread-safe. */
public final class RankNames implements AutoCloseable {
    private final NameStore store;
    private final Map<String, Integer> rankOfName = new ConcurrentHashMap<>();

    /** Owns {@code store}. */
    public RankNames(NameStore store) {
        this.store = store;
    }

    /** Publishes for a rank. */
    public LauncherAnswer publish(int rank, LauncherRequest.PublishName request) {
        try {
            if (!store.publish(request.name(), request.port())) {
                return LauncherAnswer.of(Kind.TAKEN);
            }
            rankOfName.put(request.name(), rank);
            return LauncherAnswer.of(Kind.DONE);
        } catch (IOException e) {
            return LauncherAnswer.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Takes back what the rank has published. */
    public LauncherAnswer unpublish(int rank, LauncherRequest.UnpublishName request) {
        try {
            boolean known = rankOfName.remove(request.name(), rank) && store.unpublish(request.name());
            return LauncherAnswer.of(known ? Kind.DONE : Kind.UNKNOWN);
        } catch (IOException e) {
            return LauncherAnswer.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Looks up what anybody has published. */
    public LauncherAnswer lookUp(LauncherRequest.LookUpName request) {
        try {
            Optional<String> port = store.lookUp(request.name());
            return port.map(LauncherAnswer::done).orElseGet(() -> LauncherAnswer.of(Kind.UNKNOWN));
        } catch (IOException e) {
            return LauncherAnswer.failed(String.valueOf(e.getMessage()));
        }
    }

    /** The rank is gone, and so are its names. */
    public void forget(int rank) {
        rankOfName.forEach((name, owner) -> {
            if (owner == rank) {
                LauncherAnswer _ = unpublish(rank, new LauncherRequest.UnpublishName(name));
            }
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
