package io.muster.provider.cloud;

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
 * The sizes of a cloud, from a table that comes with it: name, virtual processors, MiB, and a column of prices in US
 * dollars an hour for each region; empty where a price is not confirmed.
 *
 * @param date of which the prices are
 * @param head names of the columns
 * @param rows one for each size
 */
public record SizeTable(LocalDate date, List<String> head, List<List<String>> rows) {
    private static final String DATE = "# prices of ";
    private static final int FIRST_PRICE = 3;
    private static final long MIB = 1L << 20;

    public SizeTable {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /** Reads the table that lies beside a class. */
    public static SizeTable read(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("this installation misses " + file);
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " of this installation", e);
        }
    }

    private static SizeTable read(BufferedReader lines) throws IOException {
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
        return new SizeTable(date, head, rows);
    }

    /** All sizes, with prices where the table has the region. */
    public List<Offer> offers(String provider, String region) {
        int column = head.indexOf(region);
        return rows.stream()
                .map(words -> new Offer(
                        provider,
                        region,
                        words.get(0),
                        Integer.parseInt(words.get(1)),
                        Long.parseLong(words.get(2)) * MIB,
                        column < FIRST_PRICE ? Optional.empty() : price(words.get(column)),
                        Optional.empty(),
                        date))
                .toList();
    }

    private static Optional<Money> price(String cell) {
        return cell.matches("[0-9.]+") ? Optional.of(new Money(new BigDecimal(cell))) : Optional.empty();
    }
}
