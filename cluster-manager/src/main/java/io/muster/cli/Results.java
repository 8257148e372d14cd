package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.cli.screen.ProgressView;
import java.nio.file.Path;
import java.util.List;

/** Fetching what a job left. */
final class Results {
    private Results() {}

    /** Fetches and lists the files of a job that has ended; nothing of one whose nodes cannot be asked. */
    static List<Path> fetch(Session session, JobStatus job) {
        List<Path> files = switch (job.state()) {
            case STAGING, SUBMITTING, RUNNING, LOST -> List.of();
            case DONE, FAILED, CANCELLED -> collect(session, job);
        };
        if (!files.isEmpty()) {
            session.screen().say(JobText.fetched(files, session.folder()));
        }
        return files;
    }

    private static List<Path> collect(Session session, JobStatus job) {
        try (ProgressView progress = session.progress(0)) {
            return session.api().collect(job.jobId(), progress);
        }
    }
}
