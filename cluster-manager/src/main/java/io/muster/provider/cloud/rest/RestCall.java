package io.muster.provider.cloud.rest;

import com.google.common.util.concurrent.UncheckedExecutionException;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;

/** One call that jclouds makes. */
@FunctionalInterface
public interface RestCall {
    JsonAnswer make();

    /** What an error means. */
    @FunctionalInterface
    interface Meaning {
        CloudFailure of(RestError error);
    }

    /**
     * The answer of a call.
     *
     * @param seen what is called and where, for the message
     * @throws CloudFailure what the error means that the cloud answered with, or that there was no answer
     */
    static JsonAnswer answer(String seen, RestCall call, Meaning meaning) throws CloudFailure {
        try {
            return call.make();
        } catch (RestError e) {
            throw meaning.of(e);
        } catch (UncheckedExecutionException
                | AuthorizationException
                | HttpResponseException
                | UncheckedIOException e) {
            // jclouds makes the login when it needs a token, and wraps its errors.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof RestError error) {
                    throw meaning.of(error);
                }
            }
            throw new CloudFailure(Kind.TRANSIENT, seen + " got no answer: " + e.getMessage(), e);
        }
    }

    /** A text as a part of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
