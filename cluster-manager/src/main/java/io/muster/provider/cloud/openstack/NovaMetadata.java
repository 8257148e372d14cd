package io.muster.provider.cloud.openstack;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Module;
import java.net.URI;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.annotation.ClientError;
import org.jclouds.http.annotation.Redirection;
import org.jclouds.http.annotation.ServerError;
import org.jclouds.openstack.keystone.catalog.config.ServiceCatalogModule;
import org.jclouds.openstack.keystone.catalog.config.ServiceCatalogModule.RegionModule;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.NovaApiMetadata;
import org.jclouds.openstack.nova.v2_0.config.NovaParserModule;
import org.jclouds.openstack.nova.v2_0.handlers.NovaErrorHandler;
import org.jclouds.rest.ConfiguresHttpApi;
import org.jclouds.rest.config.HttpApiModule;
import org.jclouds.rest.internal.BaseHttpApiMetadata;

/** What jclouds wants to know of {@link NovaCalls}. */
final class NovaMetadata extends BaseHttpApiMetadata<NovaCalls> {
    NovaMetadata() {
        this(new Builder());
    }

    private NovaMetadata(Builder builder) {
        super(builder);
    }

    @Override
    public Builder toBuilder() {
        return new Builder();
    }

    static final class Builder extends BaseHttpApiMetadata.Builder<NovaCalls, Builder> {
        Builder() {
            super(NovaCalls.class);
            id("openstack-nova-calls")
                    .name("OpenStack Nova")
                    .identityName("domain:user, or id of an application credential")
                    .credentialName("password or secret")
                    .version("2")
                    .documentation(URI.create("https://docs.openstack.org/api-ref/compute/"))
                    .defaultEndpoint("http://localhost:5000/v3")
                    .defaultProperties(NovaApiMetadata.defaultProperties())
                    .defaultModules(ImmutableSet.<Class<? extends Module>>of(
                            LoginModule.class,
                            ServiceCatalogModule.class,
                            RegionModule.class,
                            NovaParserModule.class,
                            NovaModule.class));
        }

        @Override
        public NovaMetadata build() {
            return new NovaMetadata(this);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }

    /** Errors of {@link NovaCalls}. */
    @ConfiguresHttpApi
    public static final class NovaModule extends HttpApiModule<NovaCalls> {
        public NovaModule() {
            super(NovaCalls.class);
        }

        @Override
        protected void configure() {
            super.configure();
            // The parsers of long lists ask for the rest of them there.
            bind(NovaApi.class).to(NovaCalls.class);
        }

        @Override
        protected void bindErrorHandlers() {
            bind(HttpErrorHandler.class).annotatedWith(Redirection.class).to(NovaErrorHandler.class);
            bind(HttpErrorHandler.class).annotatedWith(ClientError.class).to(NovaErrorHandler.class);
            bind(HttpErrorHandler.class).annotatedWith(ServerError.class).to(NovaErrorHandler.class);
        }
    }
}
