package io.muster.provider.cloud.azure;

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
import java.util.Optional;

/**
 * Today's sizes of machines for x86_64 with what they cost: Microsoft's public prices on demand for Linux, in US
 * dollars an hour without tax, at the date in the file. Where a price could not be confirmed, and in regions that the
 * file does not have, sizes are offered without one.
 */
final class AzureCatalogue {
    private static final String FILE = "azure-sizes.csv";
    private static final String DATE = "# prices of ";
    private static final int FIRST_PRICE = 3;
    private static final long MIB = 1L << 20;
    private static final Table TABLE = read();

    private AzureCatalogue() {}

    private record Table(LocalDate date, List<String> head, List<List<String>> rows) {}

    static List<Offer> offers(String region) {
        int column = TABLE.head().indexOf(region);
        return TABLE.rows().stream()
                .map(words -> new Offer(
                        "azurecompute-arm",
                        region,
                        words.get(0),
                        Integer.parseInt(words.get(1)),
                        Long.parseLong(words.get(2)) * MIB,
                        column < FIRST_PRICE ? Optional.empty() : price(words.get(column)),
                        Optional.empty(),
                        TABLE.date()))
                .toList();
    }

    private static Optional<Money> price(String cell) {
        return cell.matches("[0-9.]+") ? Optional.of(new Money(new BigDecimal(cell))) : Optional.empty();
    }

    /** Whether a size has a network card of its own, as all in the list have; others may be refused with it. */
    static boolean hasFastNetwork(String type) {
        return TABLE.rows().stream().anyMatch(words -> words.getFirst().equalsIgnoreCase(type));
    }

    private static Table read() {
        try (InputStream in = AzureCatalogue.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("this installation misses " + FILE);
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE + " of this installation", e);
        }
    }

    private static Table read(BufferedReader lines) throws IOException {
        LocalDate date = LocalDate.EPOCH;
        List<String> head = List.of();
        List<List<String>> rows = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words = List.of(line.split(",", -1));
            if (line.startsWith(DATE)) {
                date = LocalDate.parse(line.substring(DATE.length()).strip());
            } else if (line.startsWith("type,")) {
                head = words;
            } else if (words.size() > FIRST_PRICE && !line.startsWith("#")) {
                rows.add(words);
            }
        }
        return new Table(date, head, List.copyOf(rows));
    }
}
