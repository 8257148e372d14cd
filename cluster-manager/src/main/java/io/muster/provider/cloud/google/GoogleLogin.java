package io.muster.provider.cloud.google;

import io.muster.provider.cloud.rest.RestConnection;
import java.net.URI;
import java.util.Map;
import org.jclouds.oauth.v2.config.CredentialType;
import org.jclouds.oauth.v2.config.OAuthProperties;
import org.jclouds.oauth.v2.config.OAuthScopes;

/**
 * A service account and the project that it works in; its text shows no secret.
 *
 * @param account its e-mail address
 * @param privateKey its key in PEM; never shown
 * @param project id of the project that is billed
 * @param tokens address of the service that gives tokens for it
 */
record GoogleLogin(String account, String privateKey, String project, URI tokens) {
    private static final String SCOPE = "https://www.googleapis.com/auth/compute";

    /** How jclouds logs in: a claim that the key signs is exchanged for a token (RFC 7523). */
    RestConnection.Login login() {
        return new RestConnection.Login(
                account,
                privateKey,
                Map.of(
                        "oauth.endpoint",
                        tokens.toString(),
                        OAuthProperties.AUDIENCE,
                        tokens.toString(),
                        OAuthProperties.JWS_ALG,
                        "RS256",
                        OAuthProperties.CREDENTIAL_TYPE,
                        CredentialType.P12_PRIVATE_KEY_CREDENTIALS.toString()),
                binder -> binder.bind(OAuthScopes.class).toInstance(OAuthScopes.SingleScope.create(SCOPE)));
    }

    @Override
    public String toString() {
        return "service account " + account + " in project " + project;
    }
}
