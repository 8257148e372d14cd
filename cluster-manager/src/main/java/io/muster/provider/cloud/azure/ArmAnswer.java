package io.muster.provider.cloud.azure;

import tools.jackson.databind.JsonNode;

/**
 * What Azure Resource Manager answered.
 *
 * @param status of HTTP
 * @param body missing when there is none
 */
record ArmAnswer(int status, JsonNode body) {}
