package io.muster.provider.cloud.openstack;

import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jclouds.Fallbacks.FalseOnNotFoundOr404;
import org.jclouds.http.functions.ReturnStringIf2xx;
import org.jclouds.location.functions.RegionToEndpoint;
import org.jclouds.openstack.keystone.auth.filters.AuthenticateRequest;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.extensions.KeyPairApi;
import org.jclouds.rest.annotations.Delegate;
import org.jclouds.rest.annotations.EndpointParam;
import org.jclouds.rest.annotations.Fallback;
import org.jclouds.rest.annotations.Headers;
import org.jclouds.rest.annotations.Payload;
import org.jclouds.rest.annotations.PayloadParam;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.ResponseParser;

/**
 * Nova as jclouds has it, and what that lacks: server groups and the reason why a server failed. jclouds implements it.
 * Every method blocks until the answer is there.
 */
interface NovaCalls extends NovaApi {
    /** Without the look whether Nova has them, which every one does today. */
    @Delegate
    KeyPairApi keyPairs(@EndpointParam(parser = RegionToEndpoint.class) String region);

    @Delegate
    Texts texts(@EndpointParam(parser = RegionToEndpoint.class) String region);

    /** Calls that answer JSON as it came. */
    @RequestFilters(AuthenticateRequest.class)
    @Consumes(MediaType.APPLICATION_JSON)
    interface Texts {
        @Named("server:get")
        @GET
        @Path("/servers/{id}")
        @ResponseParser(ReturnStringIf2xx.class)
        String server(@PathParam("id") String id);

        @Named("servergroup:list")
        @GET
        @Path("/os-server-groups")
        @ResponseParser(ReturnStringIf2xx.class)
        String serverGroups();

        /** The policy needs version 2.15 of Nova, of 2016. */
        @Named("servergroup:create")
        @POST
        @Path("/os-server-groups")
        @Headers(keys = "X-OpenStack-Nova-API-Version", values = "2.15")
        @Produces(MediaType.APPLICATION_JSON)
        @Payload("%7B\"server_group\":%7B\"name\":\"{name}\",\"policies\":[\"soft-affinity\"]%7D%7D")
        @ResponseParser(ReturnStringIf2xx.class)
        String createServerGroup(@PayloadParam("name") String name);

        @Named("servergroup:delete")
        @DELETE
        @Path("/os-server-groups/{id}")
        @Fallback(FalseOnNotFoundOr404.class)
        boolean deleteServerGroup(@PathParam("id") String id);
    }
}
