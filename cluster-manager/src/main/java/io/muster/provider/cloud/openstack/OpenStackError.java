package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import java.util.Locale;
import java.util.Optional;
import org.jclouds.http.HttpResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service of OpenStack refused a call with.
 *
 * @param status of HTTP; 0 when no answer came
 * @param said the message of the service
 */
record OpenStackError(int status, String said) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String LOGIN = ". Set OS_USERNAME and OS_PASSWORD, or OS_APPLICATION_CREDENTIAL_ID and"
            + " OS_APPLICATION_CREDENTIAL_SECRET, or OS_CLOUD, to a login that openstack token issue takes;"
            + " OS_USER_DOMAIN_NAME, OS_PROJECT_NAME and OS_PROJECT_DOMAIN_NAME belong to it";
    private static final String ROLE = ". The user lacks a role in the project: set OS_PROJECT_NAME to one of openstack"
            + " project list, or ask for the role member";
    private static final String QUOTA = ". Take fewer or smaller nodes, or ask the cloud for a higher quota";

    /** Of what jclouds threw; empty when it did not come from an HTTP call. */
    static Optional<OpenStackError> of(RuntimeException failed) {
        for (Throwable one = failed; one != null; one = one.getCause()) {
            if (one instanceof HttpResponseException answered) {
                int status = answered.getResponse() == null
                        ? 0
                        : answered.getResponse().getStatusCode();
                return Optional.of(new OpenStackError(status, message(answered)));
            }
        }
        return Optional.empty();
    }

    private static String message(HttpResponseException answered) {
        String content = answered.getContent();
        // Without an answer of a service, what jclouds says is the way to it that failed.
        String whole = answered.getResponse() == null
                ? String.valueOf(answered.getMessage())
                : String.valueOf(answered.getResponse().getMessage());
        if (content == null || content.indexOf('{') < 0) {
            return whole;
        }
        try {
            String found = MAPPER.readTree(content.substring(content.indexOf('{')))
                    .findPath("message")
                    .asString("");
            return found.isEmpty() ? whole : found.strip();
        } catch (JacksonException e) {
            return whole;
        }
    }

    /** @param what the call that was refused, in words */
    CloudFailure failure(String what, RuntimeException cause) {
        String answer = status == 0 ? said : said + " (HTTP " + status + ")";
        return new CloudFailure(kind(), what + ": " + answer + next(), cause);
    }

    private boolean says(String words) {
        return said.toLowerCase(Locale.ROOT).contains(words);
    }

    /** A quota is room that the project does not have: a smaller size may still fit. */
    private boolean isQuota() {
        return status < 500 && says("quota");
    }

    Kind kind() {
        if (isQuota()) {
            return Kind.CAPACITY;
        }
        return switch (status) {
            case 0, 408 -> Kind.TRANSIENT;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> says("in use") ? Kind.IN_USE : Kind.EXISTS;
            case 413, 429 -> Kind.THROTTLED;
            default -> {
                if (says("already exists")) {
                    yield Kind.EXISTS;
                }
                yield status >= 500 ? Kind.TRANSIENT : Kind.PERMANENT;
            }
        };
    }

    private String next() {
        if (isQuota()) {
            return QUOTA;
        }
        return switch (status) {
            case 401 -> LOGIN;
            case 403 -> ROLE;
            default -> "";
        };
    }
}
