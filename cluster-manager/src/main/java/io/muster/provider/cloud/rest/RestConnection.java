package io.muster.provider.cloud.rest;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Module;
import io.muster.provider.cloud.JcloudsRuntime;
import java.io.Closeable;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import okhttp3.OkHttpClient;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpRetryHandler;
import org.jclouds.http.IOExceptionRetryHandler;
import org.jclouds.http.annotation.ClientError;
import org.jclouds.http.annotation.Redirection;
import org.jclouds.http.annotation.ServerError;
import org.jclouds.http.okhttp.OkHttpClientSupplier;
import org.jclouds.http.okhttp.config.OkHttpCommandExecutorServiceModule;
import org.jclouds.oauth.v2.config.OAuthModule;
import org.jclouds.rest.ConfiguresHttpApi;
import org.jclouds.rest.config.HttpApiModule;
import org.jclouds.rest.internal.BaseHttpApiMetadata;

/** Makes jclouds implement the calls of a cloud for one login. */
public final class RestConnection {
    private static final String CONNECT_TIMEOUT_MS = "10000";
    private static final String ANSWER_TIMEOUT_MS = "60000";
    /** Tokens are good for an hour at least. */
    private static final String TOKEN_S = "2700";

    /** One for all: making it reads the certificates of this machine. Its threads do not keep a JVM alive. */
    private static final OkHttpClient HTTP = new OkHttpClient();

    private RestConnection() {}

    /**
     * A login and how jclouds makes it; its text shows no secret.
     *
     * @param identity who logs in
     * @param credential the secret
     * @param properties settings of jclouds' OAuth
     * @param bindings what jclouds' OAuth needs beyond them
     */
    public record Login(String identity, String credential, Map<String, String> properties, Module bindings) {
        public Login {
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Login[" + identity + "]";
        }
    }

    /**
     * Does not log in yet. The caller closes it: jclouds' threads keep a JVM alive.
     *
     * @param calls an interface with the annotations of jclouds
     * @param errors what makes an exception of an answer that is an error
     */
    public static <A extends Closeable> A open(
            Class<A> calls, URI endpoint, Login login, Class<? extends HttpErrorHandler> errors) {
        JcloudsRuntime.prepare();
        Properties properties = new Properties();
        // Calls are repeated by what makes them, which can be interrupted and knows what may be repeated.
        properties.setProperty(Constants.PROPERTY_MAX_RETRIES, "0");
        properties.setProperty(Constants.PROPERTY_CONNECTION_TIMEOUT, CONNECT_TIMEOUT_MS);
        properties.setProperty(Constants.PROPERTY_SO_TIMEOUT, ANSWER_TIMEOUT_MS);
        properties.setProperty(Constants.PROPERTY_SESSION_INTERVAL, TOKEN_S);
        login.properties().forEach(properties::setProperty);
        Iterable<Module> modules = ImmutableSet.of(
                new OkHttpCommandExecutorServiceModule(),
                new OAuthModule(),
                new CallsModule<>(calls, errors),
                login.bindings(),
                JcloudsRuntime.silence());
        return ContextBuilder.newBuilder(new Metadata<>(new Metadata.Builder<>(calls)))
                .endpoint(endpoint.toString())
                .credentials(login.identity(), login.credential())
                .modules(modules)
                .overrides(properties)
                .buildApi(calls);
    }

    /** What jclouds wants to know of an API. */
    private static final class Metadata<A extends Closeable> extends BaseHttpApiMetadata<A> {
        private final Builder<A> builder;

        private Metadata(Builder<A> builder) {
            super(builder);
            this.builder = builder;
        }

        @Override
        public Builder<A> toBuilder() {
            return builder;
        }

        private static final class Builder<A extends Closeable> extends BaseHttpApiMetadata.Builder<A, Builder<A>> {
            Builder(Class<A> calls) {
                super(calls);
                id("muster-" + calls.getSimpleName())
                        .name(calls.getSimpleName())
                        .identityName("identity")
                        .credentialName("credential")
                        .version("")
                        .documentation(URI.create("https://jclouds.apache.org/"))
                        .defaultProperties(BaseHttpApiMetadata.defaultProperties())
                        .defaultModules(ImmutableSet.of());
            }

            @Override
            public Metadata<A> build() {
                return new Metadata<>(this);
            }

            @Override
            protected Builder<A> self() {
                return this;
            }
        }
    }

    /** The calls and their errors. */
    @ConfiguresHttpApi
    static final class CallsModule<A extends Closeable> extends HttpApiModule<A> {
        private final Class<? extends HttpErrorHandler> errors;

        CallsModule(Class<A> calls, Class<? extends HttpErrorHandler> errors) {
            super(calls);
            this.errors = errors;
        }

        @Override
        protected void configure() {
            super.configure();
            bind(OkHttpClientSupplier.class).toInstance(() -> HTTP);
        }

        @Override
        protected void bindErrorHandlers() {
            bind(HttpErrorHandler.class).annotatedWith(Redirection.class).to(errors);
            bind(HttpErrorHandler.class).annotatedWith(ClientError.class).to(errors);
            bind(HttpErrorHandler.class).annotatedWith(ServerError.class).to(errors);
        }

        @Override
        protected void bindRetryHandlers() {
            bind(HttpRetryHandler.class).annotatedWith(ClientError.class).toInstance(HttpRetryHandler.NEVER_RETRY);
            bind(HttpRetryHandler.class).annotatedWith(ServerError.class).toInstance(HttpRetryHandler.NEVER_RETRY);
            bind(IOExceptionRetryHandler.class).toInstance(IOExceptionRetryHandler.NEVER_RETRY);
        }
    }
}
