package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.rest.RestConnection;
import java.net.URI;
import java.util.Map;
import org.jclouds.azurecompute.arm.config.AzureOAuthConfigFactory;
import org.jclouds.oauth.v2.config.CredentialType;
import org.jclouds.oauth.v2.config.OAuthConfigFactory;
import org.jclouds.oauth.v2.config.OAuthProperties;
import org.jclouds.oauth.v2.config.OAuthScopes;

/**
 * A service principal and the subscription that it works in; its text shows no secret.
 *
 * @param tenant id of the directory
 * @param client id of the application
 * @param secret of the application; never shown
 * @param subscription id of the subscription that is billed
 * @param authority address of the login service
 */
record AzureLogin(String tenant, String client, String secret, String subscription, URI authority) {
    /** How jclouds logs in to this resource manager. */
    RestConnection.Login at(URI endpoint) {
        return new RestConnection.Login(
                client,
                secret,
                Map.of(
                        "oauth.endpoint",
                        authority + "/" + tenant + "/oauth2/token",
                        OAuthProperties.RESOURCE,
                        endpoint + "/",
                        OAuthProperties.CREDENTIAL_TYPE,
                        CredentialType.CLIENT_CREDENTIALS_SECRET.toString()),
                binder -> {
                    binder.bind(OAuthScopes.class).toInstance(OAuthScopes.NoScopes.create());
                    binder.bind(OAuthConfigFactory.class).to(AzureOAuthConfigFactory.class);
                });
    }

    @Override
    public String toString() {
        return "Azure application " + client + " in subscription " + subscription;
    }
}
