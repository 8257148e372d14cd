package io.muster.provider.cloud.azure;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Module;
import io.muster.provider.cloud.JcloudsRuntime;
import java.net.URI;
import java.util.Properties;
import okhttp3.OkHttpClient;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.azurecompute.arm.config.AzureOAuthConfigFactory;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpRetryHandler;
import org.jclouds.http.IOExceptionRetryHandler;
import org.jclouds.http.annotation.ClientError;
import org.jclouds.http.annotation.Redirection;
import org.jclouds.http.annotation.ServerError;
import org.jclouds.http.okhttp.OkHttpClientSupplier;
import org.jclouds.http.okhttp.config.OkHttpCommandExecutorServiceModule;
import org.jclouds.oauth.v2.config.CredentialType;
import org.jclouds.oauth.v2.config.OAuthConfigFactory;
import org.jclouds.oauth.v2.config.OAuthModule;
import org.jclouds.oauth.v2.config.OAuthProperties;
import org.jclouds.oauth.v2.config.OAuthScopes;
import org.jclouds.rest.ConfiguresHttpApi;
import org.jclouds.rest.config.HttpApiModule;
import org.jclouds.rest.internal.BaseHttpApiMetadata;

/** Makes jclouds implement {@link ArmCalls} for one login. */
final class ArmConnection {
    private static final String CONNECT_TIMEOUT_MS = "10000";
    private static final String ANSWER_TIMEOUT_MS = "60000";
    /** Tokens are good for an hour at least. */
    private static final String TOKEN_S = "2700";

    /** One for all: making it reads the certificates of this machine. Its threads do not keep a JVM alive. */
    private static final OkHttpClient HTTP = new OkHttpClient();

    private ArmConnection() {}

    /** Does not log in yet. The caller closes it: jclouds' threads keep a JVM alive. */
    static ArmCalls open(URI endpoint, AzureLogin login) {
        JcloudsRuntime.prepare();
        Properties properties = new Properties();
        // Calls are repeated by what makes them, which can be interrupted and knows what may be repeated.
        properties.setProperty(Constants.PROPERTY_MAX_RETRIES, "0");
        properties.setProperty(Constants.PROPERTY_CONNECTION_TIMEOUT, CONNECT_TIMEOUT_MS);
        properties.setProperty(Constants.PROPERTY_SO_TIMEOUT, ANSWER_TIMEOUT_MS);
        properties.setProperty(Constants.PROPERTY_SESSION_INTERVAL, TOKEN_S);
        properties.setProperty("oauth.endpoint", login.authority() + "/" + login.tenant() + "/oauth2/token");
        properties.setProperty(OAuthProperties.RESOURCE, endpoint + "/");
        properties.setProperty(OAuthProperties.CREDENTIAL_TYPE, CredentialType.CLIENT_CREDENTIALS_SECRET.toString());
        Iterable<Module> modules = ImmutableSet.of(
                new OkHttpCommandExecutorServiceModule(), new OAuthModule(), new ArmModule(), JcloudsRuntime.silence());
        return ContextBuilder.newBuilder(new ArmMetadata())
                .endpoint(endpoint.toString())
                .credentials(login.client(), login.secret())
                .modules(modules)
                .overrides(properties)
                .buildApi(ArmCalls.class);
    }

    /** What jclouds wants to know of an API. */
    private static final class ArmMetadata extends BaseHttpApiMetadata<ArmCalls> {
        ArmMetadata() {
            this(new Builder());
        }

        private ArmMetadata(Builder builder) {
            super(builder);
        }

        @Override
        public Builder toBuilder() {
            return new Builder();
        }

        private static final class Builder extends BaseHttpApiMetadata.Builder<ArmCalls, Builder> {
            Builder() {
                super(ArmCalls.class);
                id("azure-resource-manager")
                        .name("Azure Resource Manager")
                        .identityName("AZURE_CLIENT_ID")
                        .credentialName("AZURE_CLIENT_SECRET")
                        .version("")
                        .documentation(URI.create("https://learn.microsoft.com/rest/api/azure/"))
                        .defaultEndpoint("https://management.azure.com")
                        .defaultProperties(BaseHttpApiMetadata.defaultProperties())
                        .defaultModules(ImmutableSet.of());
            }

            @Override
            public ArmMetadata build() {
                return new ArmMetadata(this);
            }

            @Override
            protected Builder self() {
                return this;
            }
        }
    }

    /** Login and errors of {@link ArmCalls}. */
    @ConfiguresHttpApi
    static final class ArmModule extends HttpApiModule<ArmCalls> {
        ArmModule() {
            super(ArmCalls.class);
        }

        @Override
        protected void configure() {
            super.configure();
            bind(OkHttpClientSupplier.class).toInstance(() -> HTTP);
            bind(OAuthScopes.class).toInstance(OAuthScopes.NoScopes.create());
            bind(OAuthConfigFactory.class).to(AzureOAuthConfigFactory.class);
        }

        @Override
        protected void bindErrorHandlers() {
            bind(HttpErrorHandler.class).annotatedWith(Redirection.class).to(ArmErrorReader.class);
            bind(HttpErrorHandler.class).annotatedWith(ClientError.class).to(ArmErrorReader.class);
            bind(HttpErrorHandler.class).annotatedWith(ServerError.class).to(ArmErrorReader.class);
        }

        @Override
        protected void bindRetryHandlers() {
            bind(HttpRetryHandler.class).annotatedWith(ClientError.class).toInstance(HttpRetryHandler.NEVER_RETRY);
            bind(HttpRetryHandler.class).annotatedWith(ServerError.class).toInstance(HttpRetryHandler.NEVER_RETRY);
            bind(IOExceptionRetryHandler.class).toInstance(IOExceptionRetryHandler.NEVER_RETRY);
        }
    }
}
