package io.muster.provider.cloud.openstack;

import java.net.URI;
import java.util.Optional;

/**
 * How to log in to an OpenStack cloud; its text shows no secret.
 *
 * @param authUrl address of Keystone, version 3
 * @param kind what the identity is
 * @param identity name of the user, or id of the application credential
 * @param secret password or secret; never shown
 * @param userDomain domain of the user; for an application credential of no use
 * @param scope project as jclouds names it: {@code project:NAME}, {@code projectId:ID}; {@code unscoped} for an
 *     application credential, which has one
 * @param projectDomain domain of the project
 * @param region region to use where a sizing file names none
 */
record OpenStackLogin(
        URI authUrl,
        Kind kind,
        String identity,
        String secret,
        String userDomain,
        String scope,
        Domain projectDomain,
        Optional<String> region) {

    /** Ways to prove who one is. */
    enum Kind {
        PASSWORD,
        APPLICATION_CREDENTIAL
    }

    /**
     * A domain by its name or by its id.
     *
     * @param isId whether the text is the id
     */
    record Domain(String text, boolean isId) {
        static Domain named(String name) {
            return new Domain(name, false);
        }

        static Domain withId(String id) {
            return new Domain(id, true);
        }
    }

    @Override
    public String toString() {
        return "OpenStack login of " + identity + " at " + authUrl;
    }
}
