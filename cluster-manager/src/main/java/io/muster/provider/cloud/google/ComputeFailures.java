package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.rest.RestError;
import java.util.Locale;
import java.util.Set;

/**
 * What the errors of Compute Engine mean, whether a call answers with one ({@code rateLimitExceeded}) or the operation
 * that it began ends with one ({@code ZONE_RESOURCE_POOL_EXHAUSTED}), after Google's pages on API errors, resource
 * availability and quotas.
 */
final class ComputeFailures {
    private static final Set<String> THROTTLED =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "concurrentLimitExceeded");
    private static final Set<String> QUOTA =
            Set.of("quotaExceeded", "limitExceeded", "dailyLimitExceeded", "QUOTA_EXCEEDED", "LIMIT_EXCEEDED");
    private static final Set<String> LOGIN = Set.of("invalid_grant", "invalid_client", "unauthorized_client");
    private static final Set<String> API_OFF = Set.of("accessNotConfigured", "SERVICE_DISABLED");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY = 429;

    private ComputeFailures() {}

    /**
     * @param seen what was called and where
     * @param login who called
     */
    static CloudFailure failure(String seen, RestError error, GoogleLogin login) {
        String code = error.code().isEmpty() ? "" : error.code() + ": ";
        return new CloudFailure(
                kind(error), seen + ": " + code + error.said() + next(error, login), error, error.retryAfter());
    }

    static Kind kind(RestError error) {
        String code = error.code();
        String upper = code.toUpperCase(Locale.ROOT);
        if (upper.contains("RESOURCE_POOL_EXHAUSTED") || upper.equals("STOCKOUT")) {
            return Kind.CAPACITY;
        }
        if (THROTTLED.contains(code) || error.status() == TOO_MANY) {
            return Kind.THROTTLED;
        }
        if (QUOTA.contains(code) || LOGIN.contains(code) || API_OFF.contains(code)) {
            return Kind.PERMANENT;
        }
        if (upper.replace("_", "").startsWith("RESOURCEINUSE")) {
            return Kind.IN_USE;
        }
        if (error.status() == CONFLICT || upper.equals("RESOURCE_ALREADY_EXISTS")) {
            return Kind.EXISTS;
        }
        if (error.status() == NOT_FOUND || upper.equals("RESOURCE_NOT_FOUND")) {
            return isProject(error) ? Kind.PERMANENT : Kind.NOT_FOUND;
        }
        boolean passes = error.status() >= 500
                || error.status() == PRECONDITION_FAILED
                || upper.replace("_", "").equals("RESOURCENOTREADY")
                || upper.equals("INTERNAL_ERROR");
        return passes ? Kind.TRANSIENT : Kind.PERMANENT;
    }

    private static boolean isProject(RestError error) {
        return error.said().matches(".*'projects/[^/']+'.*");
    }

    private static String next(RestError error, GoogleLogin login) {
        if (LOGIN.contains(error.code())) {
            return ". Set GOOGLE_APPLICATION_CREDENTIALS to a key file that is valid now, and set the clock of this"
                    + " machine; gcloud iam service-accounts keys list --iam-account " + login.account()
                    + " shows the keys";
        }
        if (API_OFF.contains(error.code())) {
            return ". Enable the API once: gcloud services enable compute.googleapis.com --project " + login.project();
        }
        if (QUOTA.contains(error.code())) {
            return ". Take fewer or smaller nodes, or ask for a higher quota: gcloud compute regions describe REGION"
                    + " shows the present one";
        }
        if (isProject(error) && error.status() == NOT_FOUND) {
            return ". Set GOOGLE_CLOUD_PROJECT; gcloud projects list shows what there is";
        }
        if (error.status() == UNAUTHORIZED) {
            return ". Set GOOGLE_APPLICATION_CREDENTIALS to a key file that is valid now";
        }
        return error.status() == FORBIDDEN && kind(error) == Kind.PERMANENT
                ? ". Give " + login.account() + " the role roles/compute.admin in project " + login.project()
                : "";
    }
}
