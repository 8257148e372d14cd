package io.muster.provider.cloud.openstack;

import com.google.common.collect.ImmutableSet;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.JcloudsRuntime;
import io.muster.provider.cloud.Place;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.apis.ApiMetadata;
import org.jclouds.http.HttpResponseException;
import org.jclouds.openstack.keystone.auth.config.CredentialTypes;
import org.jclouds.openstack.keystone.config.KeystoneProperties;
import org.jclouds.openstack.neutron.v2.NeutronApi;
import org.jclouds.openstack.neutron.v2.NeutronApiMetadata;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.NovaApiMetadata;
import org.jclouds.rest.AuthorizationException;
import org.jclouds.rest.InsufficientResourcesException;
import org.jclouds.rest.ResourceNotFoundException;
import org.jclouds.rest.RetryAfterException;

/** jclouds' Nova and Neutron for one login, and what their exceptions mean. Thread-safe. */
final class OpenStackConnection implements AutoCloseable {
    private static final String CONNECT_TIMEOUT_MS = "10000";
    private static final String ANSWER_TIMEOUT_MS = "60000";

    private final Place place;
    private final NovaApi nova;
    private final NeutronApi neutron;

    private OpenStackConnection(Place place, NovaApi nova, NeutronApi neutron) {
        this.place = place;
        this.nova = nova;
        this.neutron = neutron;
    }

    /** Does not log in yet. The caller closes it: jclouds' threads keep a JVM alive. */
    static OpenStackRegion open(Place place, OpenStackLogin login) {
        JcloudsRuntime.prepare();
        String endpoint = place.endpoint().orElse(login.authUrl()).toString();
        NovaApi nova = api(new NovaApiMetadata(), endpoint, login, NovaApi.class);
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
            properties.setProperty(KeystoneProperties.PROJECT_DOMAIN_NAME, login.projectDomain());
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
        T make(NovaApi nova, NeutronApi neutron);
    }

    /** @param what words for the message */
    <T> T call(String what, Call<T> call) throws CloudFailure {
        try {
            return call.make(nova, neutron);
        } catch (AuthorizationException e) {
            throw forbidden(what, e);
        } catch (InsufficientResourcesException e) {
            throw quota(what, e);
        } catch (RetryAfterException e) {
            throw failure(Kind.THROTTLED, what, e, "");
        } catch (ResourceNotFoundException e) {
            throw failure(Kind.NOT_FOUND, what, e, "");
        } catch (HttpResponseException e) {
            throw failure(kind(e), what, e, "");
        } catch (IllegalStateException e) {
            throw failure(said(e).contains("already exists") ? Kind.EXISTS : Kind.PERMANENT, what, e, "");
        }
    }

    private static Kind kind(HttpResponseException failed) {
        if (failed.getResponse() == null) {
            return Kind.TRANSIENT;
        }
        int status = failed.getResponse().getStatusCode();
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 409 -> said(failed).contains("InUse") ? Kind.IN_USE : Kind.EXISTS;
            case 413, 429 -> Kind.THROTTLED;
            default -> status >= 500 ? Kind.TRANSIENT : Kind.PERMANENT;
        };
    }

    private CloudFailure forbidden(String what, AuthorizationException e) {
        return said(e).toLowerCase(Locale.ROOT).contains("quota")
                ? quota(what, e)
                : failure(
                        Kind.PERMANENT,
                        what,
                        e,
                        ". Renew the login of the project; openstack token issue shows whether it is taken");
    }

    private CloudFailure quota(String what, RuntimeException e) {
        return failure(Kind.PERMANENT, what, e, ". Take fewer or smaller nodes, or ask the cloud for a higher quota");
    }

    private CloudFailure failure(Kind kind, String what, RuntimeException cause, String next) {
        return new CloudFailure(kind, what + " in " + place + ": " + said(cause) + next, cause);
    }

    private static String said(RuntimeException failed) {
        return String.valueOf(failed.getMessage());
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
