package io.muster.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory, written as {@code 16 GiB}. Binary units (KiB, MiB, GiB, TiB) and decimal ones (KB, MB, GB, TB).
 *
 * @param bytes the amount in bytes, at least 1
 */
public record MemorySize(long bytes) implements Comparable<MemorySize> {
    static final String REGEX = "^(?=.*[1-9])[0-9]{1,6}(?:\\.[0-9]{1,3})? ?(?:KiB|MiB|GiB|TiB|KB|MB|GB|TB)$";

    private static final Pattern PATTERN = Pattern.compile(REGEX);
    private static final Pattern PARTS = Pattern.compile("^([0-9.]+) ?([A-Za-z]+)$");
    private static final List<String> BINARY_UNITS = List.of("TiB", "GiB", "MiB", "KiB");
    private static final List<String> EXACT_UNITS = List.of("TiB", "GiB", "MiB", "KiB", "TB", "GB", "MB", "KB");

    public MemorySize {
        if (bytes < 1) {
            throw new IllegalArgumentException("memory of " + bytes + " bytes; it must be at least 1");
        }
    }

    /** Reads {@code 16 GiB} or {@code 512MB}; anything else is an {@link IllegalArgumentException} that says how. */
    public static MemorySize parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!PATTERN.matcher(text).matches() || !parts.matches()) {
            throw new IllegalArgumentException("\"" + Printable.of(text)
                    + "\" is no amount of memory. Write a number and a unit, for example \"16 GiB\" or \"512 MiB\".");
        }
        BigDecimal unit = BigDecimal.valueOf(unitBytes(parts.group(2)));
        long bytes = new BigDecimal(parts.group(1))
                .multiply(unit)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return new MemorySize(Math.max(1, bytes));
    }

    /** This many GiB. */
    public static MemorySize ofGiB(long gibibytes) {
        return new MemorySize(Math.multiplyExact(gibibytes, unitBytes("GiB")));
    }

    /** {@code 16 GiB}, which {@link #parse} reads back: exact in the largest unit that divides it, else rounded. */
    @Override
    public String toString() {
        for (String unit : EXACT_UNITS) {
            if (bytes % unitBytes(unit) == 0 && bytes / unitBytes(unit) < 1_000_000) {
                return bytes / unitBytes(unit) + " " + unit;
            }
        }
        for (String unit : BINARY_UNITS) {
            if (bytes >= unitBytes(unit)) {
                return BigDecimal.valueOf(bytes)
                                .divide(BigDecimal.valueOf(unitBytes(unit)), 3, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " " + unit;
            }
        }
        return "0.001 KiB";
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(bytes, other.bytes);
    }

    private static long unitBytes(String unit) {
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case "TiB" -> 1L << 40;
            case "KB" -> 1_000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            case "TB" -> 1_000_000_000_000L;
            default -> throw new IllegalArgumentException("unit " + unit);
        };
    }
}
