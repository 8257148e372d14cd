package io.muster.job;

import io.muster.api.JobStatus;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.cluster.ClusterContext;
import io.muster.spec.SubmittedJob;
import io.muster.state.JobId;
import io.muster.state.StoredJob;
import java.nio.file.Path;
import java.util.Optional;

/** Jobs in the store, by the id that a user types. */
final class JobRecords {
    private final ClusterContext context;

    JobRecords(ClusterContext context) {
        this.context = context;
    }

    StoredJob require(String jobId) {
        return JobId.parse(jobId)
                .flatMap(id -> context.store().jobs().find(id))
                .orElseThrow(() -> new MusterException(
                        Kind.NOT_FOUND,
                        "there is no job " + jobId,
                        "job " + jobId,
                        "not in the state store",
                        "muster jobs lists the jobs that there are"));
    }

    JobStatus status(StoredJob job) {
        SubmittedJob submitted = SubmittedJob.fromJson(job.specJson());
        return new JobStatus(
                job.id().toString(),
                job.id().cluster().text(),
                job.state(),
                submitted.commandLine(),
                submitted.spec().ranks(),
                job.submittedAt(),
                job.endedAt(),
                job.exitCode().isPresent() ? Optional.of(job.exitCode().getAsInt()) : Optional.empty(),
                job.cause().orElse(""),
                Path.of(submitted.folder()));
    }

    JournalCopy journal(StoredJob job) {
        return new JournalCopy(context.home().job(job.id().toString()));
    }
}
