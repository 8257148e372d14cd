package io.muster.provider.cloud.ec2;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Module;
import com.google.inject.Provides;
import io.muster.provider.cloud.JcloudsRuntime;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.aws.domain.SessionCredentials;
import org.jclouds.aws.filters.FormSigner;
import org.jclouds.aws.filters.FormSignerV4;
import org.jclouds.date.TimeStamp;
import org.jclouds.domain.Credentials;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpRetryHandler;
import org.jclouds.http.IOExceptionRetryHandler;
import org.jclouds.http.annotation.ClientError;
import org.jclouds.http.annotation.Redirection;
import org.jclouds.http.annotation.ServerError;
import org.jclouds.rest.ConfiguresHttpApi;
import org.jclouds.rest.config.HttpApiModule;
import org.jclouds.rest.internal.BaseHttpApiMetadata;

/** Makes jclouds implement {@link Ec2Calls} for one region. */
final class Ec2Connection {
    /** The last version of the query API; AWS extends it in place since. */
    private static final String API_VERSION = "2016-11-15";

    private static final String CONNECT_TIMEOUT_MS = "10000";
    private static final String ANSWER_TIMEOUT_MS = "60000";
    private static final DateTimeFormatter TIME_STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Ec2Connection() {}

    /**
     * Does not connect yet. The caller closes it: jclouds' threads keep a JVM alive.
     *
     * @param region that the signature names
     */
    static Ec2Calls open(URI endpoint, String region, AwsCredentials credentials) {
        JcloudsRuntime.prepare();
        Properties properties = new Properties();
        // Calls are repeated by what makes them, which can be interrupted and knows what may be repeated.
        properties.setProperty(Constants.PROPERTY_MAX_RETRIES, "0");
        properties.setProperty(Constants.PROPERTY_CONNECTION_TIMEOUT, CONNECT_TIMEOUT_MS);
        properties.setProperty(Constants.PROPERTY_SO_TIMEOUT, ANSWER_TIMEOUT_MS);
        Iterable<Module> modules = ImmutableSet.of(new Ec2Module(region), JcloudsRuntime.silence());
        return ContextBuilder.newBuilder(new Ec2Metadata())
                .endpoint(endpoint.toString())
                .credentialsSupplier(() -> credentials(credentials))
                .modules(modules)
                .overrides(properties)
                .buildApi(Ec2Calls.class);
    }

    private static Credentials credentials(AwsCredentials credentials) {
        return credentials
                .sessionToken()
                .<Credentials>map(token -> SessionCredentials.builder()
                        .accessKeyId(credentials.accessKeyId())
                        .secretAccessKey(credentials.secretAccessKey())
                        .sessionToken(token)
                        .build())
                .orElseGet(() -> new Credentials(credentials.accessKeyId(), credentials.secretAccessKey()));
    }

    /** What jclouds wants to know of an API. */
    private static final class Ec2Metadata extends BaseHttpApiMetadata<Ec2Calls> {
        Ec2Metadata() {
            this(new Builder());
        }

        private Ec2Metadata(Builder builder) {
            super(builder);
        }

        @Override
        public Builder toBuilder() {
            return new Builder();
        }

        private static final class Builder extends BaseHttpApiMetadata.Builder<Ec2Calls, Builder> {
            Builder() {
                super(Ec2Calls.class);
                id("ec2-query")
                        .name("Amazon EC2 query API")
                        .identityName("Access Key ID")
                        .credentialName("Secret Access Key")
                        .version(API_VERSION)
                        .documentation(URI.create("https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"))
                        .defaultEndpoint("https://ec2.us-east-1.amazonaws.com")
                        .defaultProperties(BaseHttpApiMetadata.defaultProperties())
                        .defaultModules(ImmutableSet.of());
            }

            @Override
            public Ec2Metadata build() {
                return new Ec2Metadata(this);
            }

            @Override
            protected Builder self() {
                return this;
            }
        }
    }

    /** Signature and errors of {@link Ec2Calls}. */
    @ConfiguresHttpApi
    static final class Ec2Module extends HttpApiModule<Ec2Calls> {
        private final String region;

        Ec2Module(String region) {
            super(Ec2Calls.class);
            this.region = region;
        }

        @Override
        protected void configure() {
            super.configure();
            bind(FormSigner.class).to(FormSignerV4.class);
            bind(FormSignerV4.ServiceAndRegion.class).toInstance(new Ec2Scope(region));
        }

        @Override
        protected void bindErrorHandlers() {
            bind(HttpErrorHandler.class).annotatedWith(Redirection.class).to(ErrorReader.class);
            bind(HttpErrorHandler.class).annotatedWith(ClientError.class).to(ErrorReader.class);
            bind(HttpErrorHandler.class).annotatedWith(ServerError.class).to(ErrorReader.class);
        }

        @Override
        protected void bindRetryHandlers() {
            bind(HttpRetryHandler.class).annotatedWith(ClientError.class).toInstance(HttpRetryHandler.NEVER_RETRY);
            bind(HttpRetryHandler.class).annotatedWith(ServerError.class).toInstance(HttpRetryHandler.NEVER_RETRY);
            bind(IOExceptionRetryHandler.class).toInstance(IOExceptionRetryHandler.NEVER_RETRY);
        }

        @Provides
        @TimeStamp
        String timeStamp() {
            return TIME_STAMP.format(Instant.now());
        }
    }

    /** What the signature is valid for; jclouds would take it from the host name, which only Amazon's own have. */
    private record Ec2Scope(String name) implements FormSignerV4.ServiceAndRegion {
        @Override
        public String service() {
            return "ec2";
        }

        @Override
        public String region(String host) {
            return name;
        }
    }
}
