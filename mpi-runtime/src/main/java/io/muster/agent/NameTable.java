package io.muster.agent;

import io.muster.host.HostCommand;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.NameStore;
import io.muster.wireup.RankNames;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The names of a cluster, on the node that keeps them. Thread-safe. */
final class NameTable {
    private static final int ONLY_OWNER = 0;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(String port, Publisher publisher) {
        boolean isOf(Publisher who) {
            return publisher.equals(who);
        }
    }

    /** Somebody who publishes; only what it has published goes with it. */
    private final class Publisher implements NameStore {
        @Override
        public boolean publish(String name, String port) {
            return entries.putIfAbsent(name, new Entry(port, this)) == null;
        }

        @Override
        public boolean unpublish(String name) {
            Entry entry = entries.get(name);
            return entry != null && entry.isOf(this) && entries.remove(name, entry);
        }

        @Override
        public Optional<String> lookUp(String name) {
            return Optional.ofNullable(entries.get(name)).map(Entry::port);
        }

        @Override
        public void close() {
            entries.values().removeIf(entry -> entry.isOf(this));
        }
    }

    /** The view of a publisher on this node. */
    NameStore publisher() {
        return new Publisher();
    }

    /** Serves a publisher on another node until its conversation ends. */
    void serve(Line line) throws IOException {
        try (Conversation<LauncherAnswer, NameCall> conversation =
                        new Conversation<>(line, NameCall.ANSWERS, NameCall.CALLS);
                RankNames names = new RankNames(publisher())) {
            Optional<NameCall> call = conversation.receive(HostCommand.SILENCE);
            while (call.isPresent()) {
                conversation.send(
                        switch (call.get()) {
                            case NameCall.Ask ask -> answer(names, ask.request());
                            case NameCall.Alive alive -> LauncherAnswer.done("");
                        });
                call = conversation.receive(HostCommand.SILENCE);
            }
        }
    }

    private static LauncherAnswer answer(RankNames names, LauncherRequest request) {
        return switch (request) {
            case LauncherRequest.PublishName publish -> names.publish(ONLY_OWNER, publish);
            case LauncherRequest.UnpublishName unpublish -> names.unpublish(ONLY_OWNER, unpublish);
            case LauncherRequest.LookUpName lookUp -> names.lookUp(lookUp);
            case LauncherRequest.Spawn spawn -> LauncherAnswer.failed("only a launcher spawns ranks");
        };
    }
}
