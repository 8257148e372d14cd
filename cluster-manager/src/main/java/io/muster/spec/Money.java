package io.muster.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An amount of money, written as {@code 25 USD}. US dollars only: the price lists of the clouds are in them.
 *
 * @param dollars the amount in US dollars, above 0
 */
public record Money(BigDecimal dollars) implements Comparable<Money> {
    static final String REGEX = "^(?=.*[1-9])[0-9]{1,9}(?:\\.[0-9]{1,2})? ?USD$";

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    public Money {
        if (dollars.signum() <= 0) {
            throw new IllegalArgumentException("an amount of " + dollars.toPlainString() + " USD; it must be above 0");
        }
        dollars = dollars.stripTrailingZeros();
    }

    /** Reads {@code 25 USD} or {@code 12.50USD}; anything else is an {@link IllegalArgumentException} that says how. */
    public static Money parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + Printable.of(text)
                    + "\" is no amount of money. Write US dollars with their unit, for example \"25 USD\".");
        }
        return new Money(
                new BigDecimal(text.substring(0, text.length() - "USD".length()).strip()));
    }

    public Money plus(Money other) {
        return new Money(dollars.add(other.dollars));
    }

    /** This much an hour, for so long, to the cent; at least one. */
    public Money during(Duration time) {
        BigDecimal sum = dollars.multiply(BigDecimal.valueOf(time.toSeconds()))
                .divide(BigDecimal.valueOf(Duration.ofHours(1).toSeconds()), 2, RoundingMode.HALF_UP);
        return new Money(sum.max(new BigDecimal("0.01")));
    }

    @Override
    public int compareTo(Money other) {
        return dollars.compareTo(other.dollars);
    }

    @Override
    public String toString() {
        return dollars.toPlainString() + " USD";
    }
}
