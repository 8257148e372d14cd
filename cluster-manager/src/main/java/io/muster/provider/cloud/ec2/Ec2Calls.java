package io.muster.provider.cloud.ec2;

import jakarta.inject.Named;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.Closeable;
import org.jclouds.aws.filters.FormSigner;
import org.jclouds.rest.annotations.BinderParam;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.ResponseParser;
import org.jclouds.rest.annotations.VirtualHost;

/**
 * The EC2 query API as one call, which jclouds implements: it binds, signs (Signature Version 4), sends and parses.
 * jclouds' own EC2 interface stops at the API of 2012, which knows neither tags in the call that creates, nor spot
 * instances by RunInstances.
 */
@RequestFilters(FormSigner.class)
@VirtualHost
interface Ec2Calls extends Closeable {

    /**
     * Blocks until the answer is there.
     *
     * @throws Ec2Error when EC2 answers with an error
     */
    @Named("ec2")
    @POST
    @Path("/")
    @ResponseParser(AnswerParser.class)
    Answer call(@BinderParam(QueryBinder.class) Query query);
}
