package io.muster.provider.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.rest.RestError;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ComputeFailuresTest {
    private static final GoogleLogin LOGIN =
            new GoogleLogin("me@lab.iam.gserviceaccount.com", "hidden", "lab", URI.create("https://tokens"));

    private static Kind kind(int status, String code) {
        return ComputeFailures.kind(new RestError(status, code, "said", Duration.ZERO));
    }

    private static String said(int status, String code, String message) {
        return ComputeFailures.failure("POST instances", new RestError(status, code, message, Duration.ZERO), LOGIN)
                .said();
    }

    @Test
    void answers_and_ends_of_operations_mean_the_same() {
        assertThat(kind(503, "ZONE_RESOURCE_POOL_EXHAUSTED")).isEqualTo(Kind.CAPACITY);
        assertThat(kind(0, "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS")).isEqualTo(Kind.CAPACITY);
        assertThat(kind(403, "rateLimitExceeded")).isEqualTo(Kind.THROTTLED);
        assertThat(kind(429, "")).isEqualTo(Kind.THROTTLED);
        assertThat(kind(403, "quotaExceeded")).isEqualTo(Kind.PERMANENT);
        assertThat(kind(403, "QUOTA_EXCEEDED")).isEqualTo(Kind.PERMANENT);
        assertThat(kind(409, "alreadyExists")).isEqualTo(Kind.EXISTS);
        assertThat(kind(0, "RESOURCE_ALREADY_EXISTS")).isEqualTo(Kind.EXISTS);
        assertThat(kind(404, "notFound")).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(400, "resourceInUseByAnotherResource")).isEqualTo(Kind.IN_USE);
        assertThat(kind(0, "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE")).isEqualTo(Kind.IN_USE);
        assertThat(kind(400, "resourceNotReady")).isEqualTo(Kind.TRANSIENT);
        assertThat(kind(412, "conditionNotMet")).isEqualTo(Kind.TRANSIENT);
        assertThat(kind(503, "backendError")).isEqualTo(Kind.TRANSIENT);
        assertThat(kind(0, "INTERNAL_ERROR")).isEqualTo(Kind.TRANSIENT);
        assertThat(kind(400, "invalid")).isEqualTo(Kind.PERMANENT);
    }

    @Test
    void the_next_step_is_said() {
        assertThat(said(400, "invalid_grant", "Invalid JWT Signature."))
                .contains("GOOGLE_APPLICATION_CREDENTIALS", "me@lab")
                .doesNotContain("hidden");
        assertThat(said(404, "notFound", "The resource 'projects/lab' was not found"))
                .contains("Set GOOGLE_CLOUD_PROJECT");
        assertThat(said(403, "accessNotConfigured", "it is off")).contains("gcloud services enable");
        assertThat(said(403, "forbidden", "no")).contains("roles/compute.admin");
    }
}
