package io.muster.agent;

import io.muster.wire.ClusterIdentity;
import io.muster.wire.Dialer;
import io.muster.wire.LineOpener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Latency, bandwidth and clock of a neighbour, through the same TLS that jobs use. */
final class Measuring {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(30);
    private static final int ROUND_TRIPS = 50;
    private static final int LOAD_BYTES = 256 << 10;
    private static final int MAX_LOADS = 32;
    private static final int LOADS_UNDER_WAY = 2;

    /** A fast network is measured within the bound of loads, a slow one within this time and two loads. */
    private static final long LOAD_NANOS = 60_000_000;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private Measuring() {}

    static PreflightResult measure(Member neighbour, ClusterIdentity identity) throws IOException {
        Dialer dialer = Dialer.tcp(neighbour.host(), neighbour.port());
        LineOpener lines = AgentClient.lines(dialer, neighbour.name(), identity, CONNECT_DEADLINE);
        try (AgentCall call = AgentCall.open(lines, AgentCall::hangUp)) {
            long[] tripNanos = new long[ROUND_TRIPS];
            long bestNanos = Long.MAX_VALUE;
            double offsetNanos = 0;
            for (int i = 0; i < ROUND_TRIPS; i++) {
                long clock = nowNanos();
                long start = System.nanoTime();
                call.send(new AgentRequest.Ping(new byte[8]));
                long there = call.expect(AgentReply.Echo.class).nowNanos();
                tripNanos[i] = System.nanoTime() - start;
                if (tripNanos[i] < bestNanos) {
                    bestNanos = tripNanos[i];
                    offsetNanos = there - clock - bestNanos / 2.0;
                }
            }
            Arrays.sort(tripNanos);
            return new PreflightResult(
                    neighbour.name(),
                    tripNanos[ROUND_TRIPS / 2] / NANOS_PER_MICRO,
                    bandwidth(call),
                    offsetNanos / NANOS_PER_MILLI);
        }
    }

    private static double bandwidth(AgentCall call) throws IOException {
        AgentRequest load = new AgentRequest.Ping(new byte[LOAD_BYTES]);
        long start = System.nanoTime();
        int sent = 0;
        int echoed = 0;
        while (echoed < sent || echoed == 0) {
            while (sent < MAX_LOADS
                    && sent - echoed < LOADS_UNDER_WAY
                    && (sent < LOADS_UNDER_WAY || System.nanoTime() - start < LOAD_NANOS)) {
                call.send(load);
                sent++;
            }
            call.expect(AgentReply.Echo.class);
            echoed++;
        }
        return (double) LOAD_BYTES * echoed * NANOS_PER_SECOND / (System.nanoTime() - start);
    }

    static long nowNanos() {
        Instant now = Instant.now();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }
}
