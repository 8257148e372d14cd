package io.muster.provider.cloud.rest;

import tools.jackson.databind.JsonNode;

/**
 * What a cloud answered.
 *
 * @param status of HTTP
 * @param body missing when there is none
 */
public record JsonAnswer(int status, JsonNode body) {}
