package io.muster.provider.cloud.google;

import io.muster.provider.cloud.rest.JsonAnswer;
import io.muster.provider.cloud.rest.JsonAnswerParser;
import io.muster.provider.cloud.rest.JsonBinder;
import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import java.io.Closeable;
import java.net.URI;
import java.util.Map;
import org.jclouds.oauth.v2.filters.OAuthFilter;
import org.jclouds.rest.annotations.BinderParam;
import org.jclouds.rest.annotations.EndpointParam;
import org.jclouds.rest.annotations.PATCH;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.ResponseParser;

/**
 * The verbs of the Compute Engine API, which jclouds implements: it logs in, keeps the token, sends, parses. jclouds'
 * own interface to it knows neither spot machines with an end, placement policies, guest attributes nor request ids.
 * Every method blocks until the answer is there, and throws {@link io.muster.provider.cloud.rest.RestError} when
 * Google answers with an error.
 */
@RequestFilters(OAuthFilter.class)
@Consumes(MediaType.APPLICATION_JSON)
interface ComputeCalls extends Closeable {
    @Named("compute:get")
    @GET
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer get(@EndpointParam URI uri);

    @Named("compute:post")
    @POST
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer post(@EndpointParam URI uri, @BinderParam(JsonBinder.class) Map<String, ?> body);

    @Named("compute:patch")
    @PATCH
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer patch(@EndpointParam URI uri, @BinderParam(JsonBinder.class) Map<String, ?> body);

    @Named("compute:delete")
    @DELETE
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer delete(@EndpointParam URI uri);
}
