package io.muster.provider.cloud;

import java.time.Duration;

/**
 * How long clouds are waited for.
 *
 * @param firstDelay before a failed call is made again; it doubles each time, and a random part of it is waited
 * @param longestDelay that it grows to
 * @param tries of a call that fails in an unclear way
 * @param throttled how long a call that came too soon is made again
 * @param lookAgain how old the list of instances may be while they are waited for
 * @param running until an instance runs
 * @param ssh until its SSH server answers, from when it runs
 * @param gone until an instance that is to end is gone
 */
public record WaitLimits(
        Duration firstDelay,
        Duration longestDelay,
        int tries,
        Duration throttled,
        Duration lookAgain,
        Duration running,
        Duration ssh,
        Duration gone) {

    /** The same for a cloud that wants to be asked less often. */
    public WaitLimits lookingAgainAfter(Duration time) {
        return new WaitLimits(firstDelay, longestDelay, tries, throttled, time, running, ssh, gone);
    }

    /** For clouds as they are. */
    public static WaitLimits usual() {
        return new WaitLimits(
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                5,
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10));
    }
}
