package io.muster.provider.cloud.ec2;

import com.google.common.collect.ImmutableListMultimap;
import java.util.TreeMap;
import org.jclouds.http.HttpRequest;
import org.jclouds.io.Payloads;
import org.jclouds.rest.Binder;

/** Writes a {@link Query} into the body of its request, which is signed afterwards. */
final class QueryBinder implements Binder {
    @Override
    @SuppressWarnings("unchecked")
    public <R extends HttpRequest> R bindToRequest(R request, Object input) {
        ImmutableListMultimap.Builder<String, String> form = ImmutableListMultimap.builder();
        new TreeMap<>(((Query) input).parameters()).forEach(form::put);
        // The builder of a request makes requests of the same class.
        return (R) request.toBuilder()
                .payload(Payloads.newUrlEncodedFormPayload(form.build()))
                .build();
    }
}
