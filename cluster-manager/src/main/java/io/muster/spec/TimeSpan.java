package io.muster.spec;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 20m}, {@code 8h}, {@code 1h30m}, {@code 2d}; the smallest unit is a second. */
public final class TimeSpan {
    static final String REGEX = "^(?=.*[1-9])(?:[0-9]{1,5}d)?(?:[0-9]{1,5}h)?(?:[0-9]{1,5}m)?(?:[0-9]{1,5}s)?$";

    private static final Pattern PATTERN = Pattern.compile(REGEX);
    private static final Pattern CLOCK = Pattern.compile("(?:([0-9]{1,4})-)?([0-9]{1,5}):([0-5]?[0-9]):([0-5]?[0-9])");
    private static final Pattern PART = Pattern.compile("([0-9]+)([dhms])");

    private TimeSpan() {}

    /** Reads {@code 1h30m}; anything else is an {@link IllegalArgumentException} that says how to write it. */
    public static Duration parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + Printable.of(text)
                    + "\" is no duration. Write numbers with d, h, m or s, for example \"20m\", \"8h\" or \"1h30m\".");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "d" -> Duration.ofDays(amount);
                        case "h" -> Duration.ofHours(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofSeconds(amount);
                    });
        }
        return sum;
    }

    /** The same, or {@code [D-]HH:MM:SS} as batch systems have it. */
    public static Duration parseLimit(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (!clock.matches()) {
            return parse(text);
        }
        return Duration.ofDays(clock.group(1) == null ? 0 : Long.parseLong(clock.group(1)))
                .plusHours(Long.parseLong(clock.group(2)))
                .plusMinutes(Long.parseLong(clock.group(3)))
                .plusSeconds(Long.parseLong(clock.group(4)));
    }

    /** The shortest text that {@link #parse} reads back to the same whole seconds: {@code 1h30m}. */
    public static String print(Duration span) {
        StringBuilder text = new StringBuilder();
        append(text, span.toDaysPart(), "d");
        append(text, span.toHoursPart(), "h");
        append(text, span.toMinutesPart(), "m");
        append(text, span.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
