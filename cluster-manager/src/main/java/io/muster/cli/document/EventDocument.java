package io.muster.cli.document;

import io.muster.state.Event;
import io.muster.state.JobId;
import java.util.Locale;
import java.util.Optional;

/** An event as {@code events} prints it. */
public record EventDocument(
        long id,
        String time,
        String cluster,
        Optional<String> node,
        Optional<String> job,
        String kind,
        String message,
        String details) {

    public static EventDocument of(Event event) {
        return new EventDocument(
                event.id(),
                event.time().toString(),
                event.clusterName().text(),
                event.node(),
                event.job().map(JobId::toString),
                event.kind().name().toLowerCase(Locale.ROOT),
                event.message(),
                event.details());
    }
}
