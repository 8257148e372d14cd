package io.muster.provider.cloud.openstack;

import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.JcloudsRuntime;
import io.muster.provider.cloud.Place;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.Properties;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.apis.ApiMetadata;
import org.jclouds.http.HttpResponseException;
import org.jclouds.openstack.keystone.auth.config.CredentialTypes;
import org.jclouds.openstack.keystone.config.KeystoneProperties;
import org.jclouds.openstack.neutron.v2.NeutronApi;
import org.jclouds.openstack.neutron.v2.NeutronApiMetadata;
import org.jclouds.rest.AuthorizationException;
import org.jclouds.rest.InsufficientResourcesException;
import org.jclouds.rest.ResourceNotFoundException;
import org.jclouds.rest.RetryAfterException;

/** jclouds' Nova and Neutron for one login, and what their exceptions mean. Thread-safe. */
final class OpenStackConnection implements AutoCloseable {
    private static final String CONNECT_TIMEOUT_MS = "10000";
    private static final String ANSWER_TIMEOUT_MS = "60000";

    private final Place place;
    private final NovaCalls nova;
    private final NeutronApi neutron;

    private OpenStackConnection(Place place, NovaCalls nova, NeutronApi neutron) {
        this.place = place;
        this.nova = nova;
        this.neutron = neutron;
    }

    /** Does not log in yet. The caller closes it: jclouds' threads keep a JVM alive. */
    static OpenStackRegion open(Place place, OpenStackLogin login) {
        JcloudsRuntime.prepare();
        String endpoint = place.endpoint().orElse(login.authUrl()).toString();
        NovaCalls nova = api(new NovaMetadata(), endpoint, login, NovaCalls.class);
        return new OpenStackRegion(
                new OpenStackConnection(place, nova, api(new NeutronApiMetadata(), endpoint, login, NeutronApi.class)),
                place);
    }

    private static <A extends Closeable> A api(
            ApiMetadata metadata, String endpoint, OpenStackLogin login, Class<A> api) {
        boolean password = login.kind() == OpenStackLogin.Kind.PASSWORD;
        Properties properties = new Properties();
        properties.setProperty(KeystoneProperties.KEYSTONE_VERSION, "3");
        properties.setProperty(
                KeystoneProperties.CREDENTIAL_TYPE,
                password ? CredentialTypes.PASSWORD_CREDENTIALS : CredentialTypes.API_ACCESS_KEY_CREDENTIALS);
        if (password) {
            properties.setProperty(KeystoneProperties.SCOPE, login.scope());
            properties.setProperty(
                    login.projectDomain().isId()
                            ? KeystoneProperties.PROJECT_DOMAIN_ID
                            : KeystoneProperties.PROJECT_DOMAIN_NAME,
                    login.projectDomain().text());
        }
        properties.setProperty(Constants.PROPERTY_MAX_RETRIES, "1");
        properties.setProperty(Constants.PROPERTY_CONNECTION_TIMEOUT, CONNECT_TIMEOUT_MS);
        properties.setProperty(Constants.PROPERTY_SO_TIMEOUT, ANSWER_TIMEOUT_MS);
        return ContextBuilder.newBuilder(metadata)
                .endpoint(endpoint)
                .credentials(password ? login.userDomain() + ":" + login.identity() : login.identity(), login.secret())
                .overrides(properties)
                .modules(ImmutableSet.of(JcloudsRuntime.silence()))
                .buildApi(api);
    }

    /** A call to one of the two. */
    @FunctionalInterface
    interface Call<T> {
        T make(NovaCalls nova, NeutronApi neutron);
    }

    /** @param what words for the message */
    <T> T call(String what, Call<T> call) throws CloudFailure {
        try {
            return call.make(nova, neutron);
        } catch (HttpResponseException
                | AuthorizationException
                | InsufficientResourcesException
                | RetryAfterException
                | ResourceNotFoundException
                | IllegalStateException
                | IllegalArgumentException
                | NoSuchElementException
                | UncheckedExecutionException e) {
            throw failure(what + " in " + place, e);
        }
    }

    private static CloudFailure failure(String what, RuntimeException e) {
        return OpenStackError.of(e)
                .map(error -> error.failure(what, e))
                // What the catalogue of the login lacks: the region, or one of the services there.
                .orElseGet(() -> new CloudFailure(
                        Kind.PERMANENT,
                        what + ": " + e.getMessage() + ". The cloud must have this region (region:, OS_REGION_NAME)"
                                + " with Nova and Neutron in it; openstack catalog list shows them",
                        e));
    }

    @Override
    public void close() {
        try {
            try {
                nova.close();
            } finally {
                neutron.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
