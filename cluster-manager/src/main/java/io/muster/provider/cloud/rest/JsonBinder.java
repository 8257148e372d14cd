package io.muster.provider.cloud.rest;

import jakarta.ws.rs.core.MediaType;
import org.jclouds.http.HttpRequest;
import org.jclouds.io.Payload;
import org.jclouds.io.Payloads;
import org.jclouds.rest.Binder;
import tools.jackson.databind.json.JsonMapper;

/** Writes maps and lists into the body of a request. */
public final class JsonBinder implements Binder {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    @SuppressWarnings("unchecked")
    public <R extends HttpRequest> R bindToRequest(R request, Object input) {
        Payload payload = Payloads.newByteArrayPayload(JSON.writeValueAsBytes(input));
        payload.getContentMetadata().setContentType(MediaType.APPLICATION_JSON);
        // The builder of a request makes requests of the same class.
        return (R) request.toBuilder().payload(payload).build();
    }
}
