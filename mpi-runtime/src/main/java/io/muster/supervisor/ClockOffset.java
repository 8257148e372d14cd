package io.muster.supervisor;

/** How far another node's clock is ahead of this one. */
final class ClockOffset {
    private ClockOffset() {}

    /**
     * The smallest offset that one question and its answer allow. The other clock was read between the two, so the
     * truth lies within their distance; clocks that may agree are taken to agree.
     *
     * @param sentMillis this clock when the question went out
     * @param theirsMillis the other clock, as the answer says
     * @param receivedMillis this clock when the answer came
     */
    static long millis(long sentMillis, long theirsMillis, long receivedMillis) {
        long least = theirsMillis - Math.max(sentMillis, receivedMillis);
        long most = theirsMillis - Math.min(sentMillis, receivedMillis);
        return Math.clamp(0, least, most);
    }
}
