package io.muster.spec;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An amount of money, written as {@code 25 USD}. US dollars only: the price lists of the clouds are in them.
 *
 * @param dollars the amount in US dollars, above 0
 */
public record Money(BigDecimal dollars) {
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

    @Override
    public String toString() {
        return dollars.toPlainString() + " USD";
    }
}
