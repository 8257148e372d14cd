package io.muster.cli.document;

import io.muster.api.CollectionReport;
import io.muster.api.Garbage;
import io.muster.spec.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code muster gc} prints. */
public record GarbageDocument(List<Item> found, int removed, List<String> left) {

    /** One thing that nothing wants. */
    public record Item(
            String provider,
            String kind,
            String id,
            Optional<String> cluster,
            Optional<Instant> createdAt,
            Optional<BigDecimal> usdPerHour,
            String reason) {
        static Item of(Garbage one) {
            return new Item(
                    one.provider(),
                    one.kind(),
                    one.id(),
                    one.cluster(),
                    one.createdAt(),
                    one.pricePerHour().map(Money::dollars),
                    one.reason());
        }
    }

    /** Before anything was removed. */
    public static GarbageDocument of(List<Garbage> found) {
        return new GarbageDocument(found.stream().map(Item::of).toList(), 0, List.of());
    }

    public static GarbageDocument of(CollectionReport report) {
        return new GarbageDocument(List.of(), report.removed(), report.left());
    }
}
