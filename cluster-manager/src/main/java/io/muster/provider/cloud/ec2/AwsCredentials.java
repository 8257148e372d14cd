package io.muster.provider.cloud.ec2;

import java.util.Optional;

/**
 * A key of an AWS account; its text shows no secret.
 *
 * @param accessKeyId name of the key
 * @param secretAccessKey a secret
 * @param sessionToken of temporary credentials, a secret
 * @param source where it was found, for messages
 */
record AwsCredentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken, String source) {
    @Override
    public String toString() {
        return "AWS credentials from " + source;
    }
}
