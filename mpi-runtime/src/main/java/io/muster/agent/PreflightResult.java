package io.muster.agent;

/**
 * What an agent measured to a neighbour.
 *
 * @param neighbour name of the other node
 * @param latencyMicros median round trip of a small record
 * @param bandwidthBytesPerSecond through one TLS connection
 * @param clockOffsetMillis the neighbour's clock minus this node's
 */
public record PreflightResult(
        String neighbour, double latencyMicros, double bandwidthBytesPerSecond, double clockOffsetMillis) {}
