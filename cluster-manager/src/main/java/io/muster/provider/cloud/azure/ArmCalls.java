package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.rest.JsonAnswer;
import io.muster.provider.cloud.rest.JsonAnswerParser;
import io.muster.provider.cloud.rest.JsonBinder;
import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.MediaType;
import java.io.Closeable;
import java.net.URI;
import java.util.Map;
import org.jclouds.oauth.v2.filters.OAuthFilter;
import org.jclouds.rest.annotations.BinderParam;
import org.jclouds.rest.annotations.EndpointParam;
import org.jclouds.rest.annotations.Headers;
import org.jclouds.rest.annotations.PATCH;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.ResponseParser;

/**
 * The verbs of Azure Resource Manager, which jclouds implements: it logs in, keeps the token, sends, parses. jclouds'
 * own Azure interface asks for versions of 2015 to 2018, which know neither spot machines, placement groups, nor parts
 * that go with their machine, and takes the first page of a list for the whole. Every method blocks until the answer is
 * there, and throws {@link io.muster.provider.cloud.rest.RestError} when Azure answers with an error.
 */
@RequestFilters(OAuthFilter.class)
@Consumes(MediaType.APPLICATION_JSON)
interface ArmCalls extends Closeable {
    @Named("arm:get")
    @GET
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer get(@EndpointParam URI uri);

    @Named("arm:put")
    @PUT
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer put(@EndpointParam URI uri, @BinderParam(JsonBinder.class) Map<String, ?> body);

    /** Makes what is not there yet, and is refused otherwise. */
    @Named("arm:create")
    @PUT
    @Headers(keys = "If-None-Match", values = "*")
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer create(@EndpointParam URI uri, @BinderParam(JsonBinder.class) Map<String, ?> body);

    @Named("arm:patch")
    @PATCH
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer patch(@EndpointParam URI uri, @BinderParam(JsonBinder.class) Map<String, ?> body);

    @Named("arm:delete")
    @DELETE
    @ResponseParser(JsonAnswerParser.class)
    JsonAnswer delete(@EndpointParam URI uri);
}
