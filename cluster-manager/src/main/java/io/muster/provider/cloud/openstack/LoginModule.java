package io.muster.provider.cloud.openstack;

import static org.jclouds.rest.config.BinderUtils.bindHttpApi;

import com.google.common.cache.LoadingCache;
import jakarta.inject.Inject;
import org.jclouds.domain.Credentials;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpRetryHandler;
import org.jclouds.http.annotation.ClientError;
import org.jclouds.openstack.keystone.auth.config.AuthenticationModule;
import org.jclouds.openstack.keystone.auth.domain.AuthInfo;
import org.jclouds.openstack.keystone.v2_0.auth.V2AuthenticationApi;
import org.jclouds.openstack.keystone.v3.auth.V3AuthenticationApi;

/** The login of jclouds; a login that Keystone refuses is not tried again for twenty seconds, as it would be there. */
public final class LoginModule extends AuthenticationModule {
    private static final int UNAUTHORIZED = 401;

    /** jclouds makes it by reflection. */
    public LoginModule() {}

    @Override
    protected void configure() {
        bind(HttpRetryHandler.class).annotatedWith(ClientError.class).to(RenewOnce.class);
        bindHttpApi(binder(), V2AuthenticationApi.class);
        bindHttpApi(binder(), V3AuthenticationApi.class);
    }

    /** A token may end between two calls: then another login is made, once for each call. */
    static final class RenewOnce implements HttpRetryHandler {
        private final LoadingCache<Credentials, AuthInfo> logins;

        @Inject
        RenewOnce(LoadingCache<Credentials, AuthInfo> logins) {
            this.logins = logins;
        }

        @Override
        public boolean shouldRetryRequest(HttpCommand command, HttpResponse response) {
            boolean isLogin =
                    command.getCurrentRequest().getEndpoint().getPath().endsWith("/auth/tokens");
            if (response.getStatusCode() != UNAUTHORIZED || isLogin || command.incrementFailureCount() > 1) {
                return false;
            }
            logins.invalidateAll();
            return true;
        }
    }
}
