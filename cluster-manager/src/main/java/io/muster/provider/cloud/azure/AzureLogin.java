package io.muster.provider.cloud.azure;

import java.net.URI;

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
    @Override
    public String toString() {
        return "Azure application " + client + " in subscription " + subscription;
    }
}
