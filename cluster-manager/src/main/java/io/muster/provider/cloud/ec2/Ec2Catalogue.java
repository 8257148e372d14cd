package io.muster.provider.cloud.ec2;

import io.muster.provider.Offer;
import io.muster.spec.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Today's instance types with what they cost. Sizes are those of EC2's DescribeInstanceTypes; prices are Amazon's
 * public on-demand prices for Linux on shared hardware, in US dollars an hour without tax, at the date in the file.
 * Where a price could not be confirmed, and in regions that the file does not have, types are offered without one.
 * Only types for x86_64: the runtime image that goes to the nodes is made for that.
 */
final class Ec2Catalogue {
    private static final String FILE = "ec2-types.csv";
    private static final String DATE = "# prices of ";
    private static final String NOT_OFFERED = "-";
    private static final int FIRST_PRICE = 4;
    private static final long MIB = 1L << 20;
    /** Regions with the prices of another. */
    private static final Map<String, String> SAME_PRICES = Map.of("us-west-2", "us-east-2");

    private Ec2Catalogue() {}

    static List<Offer> offers(String region) {
        try (InputStream in = Ec2Catalogue.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("this installation misses " + FILE);
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), region);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE + " of this installation", e);
        }
    }

    private static List<Offer> read(BufferedReader lines, String region) throws IOException {
        LocalDate date = LocalDate.EPOCH;
        int column = -1;
        List<Offer> offers = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words = List.of(line.split(",", -1));
            if (line.startsWith(DATE)) {
                date = LocalDate.parse(line.substring(DATE.length()).strip());
            } else if (line.startsWith("type,")) {
                column = words.indexOf(SAME_PRICES.getOrDefault(region, region));
            } else if (words.size() > FIRST_PRICE && words.get(3).equals("x86_64")) {
                String cell = column < 0 ? "" : words.get(column);
                Optional<Money> price =
                        cell.matches("[0-9.]+") ? Optional.of(new Money(new BigDecimal(cell))) : Optional.empty();
                if (!cell.equals(NOT_OFFERED)) {
                    offers.add(new Offer(
                            "aws-ec2",
                            region,
                            words.get(0),
                            Integer.parseInt(words.get(1)),
                            Long.parseLong(words.get(2)) * MIB,
                            price,
                            Optional.empty(),
                            date));
                }
            }
        }
        return offers;
    }
}
