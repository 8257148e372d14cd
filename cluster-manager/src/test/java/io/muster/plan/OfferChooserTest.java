package io.muster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.plan.ConsideredOffer.Verdict;
import io.muster.provider.Offer;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import io.muster.spec.NodeGroup;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

final class OfferChooserTest {
    private static final NodeGroup GROUP = NodeGroup.of(4);
    private static final List<Offer> OFFERS = List.of(
            offer("big", 16, 64, "0.80", "0.30"),
            offer("small", 2, 4, "0.08", "0.03"),
            offer("flat", 8, 8, "0.30", "0.20"),
            offer("wide", 8, 32, "0.42", "0.16"),
            offer("even", 8, 16, "0.34", ""),
            offer("tiny", 1, 1, "0.01", "0.01"));

    @Test
    void the_cheapest_that_has_cores_and_memory_is_chosen_and_its_neighbours_wait() throws NoPlanException {
        GroupOffers choice = OfferChooser.choose(GROUP.withCores(8).withMemory(MemorySize.ofGiB(16)), OFFERS);

        assertThat(choice.considered())
                .extracting(ConsideredOffer::type, ConsideredOffer::verdict, ConsideredOffer::why)
                .containsExactly(
                        row("even", Verdict.CHOSEN, "the cheapest with cores >= 8 and memory >= 16 GiB"),
                        row("wide", Verdict.IN_RESERVE, "the next when there is no room; costs 0.08 USD more an hour"),
                        row("big", Verdict.FITS, "fits; costs 0.46 USD more an hour"),
                        row("flat", Verdict.UNFIT, "has 8 GiB, wanted are 16 GiB"),
                        row("small", Verdict.UNFIT, "has 2 cores, wanted are 8, has 4 GiB, wanted are 16 GiB"),
                        row("tiny", Verdict.UNFIT, "has 1 core, wanted are 8, has 1 GiB, wanted are 16 GiB"));
        assertThat(choice.tried()).extracting(ConsideredOffer::type).containsExactly("even", "wide");
    }

    @Test
    void for_spot_the_spot_price_counts_and_the_full_one_where_none_is_known() throws NoPlanException {
        GroupOffers choice = OfferChooser.choose(
                GROUP.withCores(8).withMemory(MemorySize.ofGiB(16)).withSpot(true), OFFERS);

        assertThat(choice.chosen().type()).isEqualTo("wide");
        assertThat(choice.chosen().pricePerHour()).contains(money("0.16"));
        assertThat(choice.considered().stream().filter(offer -> offer.type().equals("even")))
                .singleElement()
                .satisfies(offer -> assertThat(offer.why()).contains("no spot price known"));
    }

    @Test
    void without_memory_a_slot_counts_one_gibibyte() throws NoPlanException {
        assertThat(OfferChooser.choose(GROUP, OFFERS).chosen().type()).isEqualTo("tiny");
        assertThat(OfferChooser.choose(GROUP.withSlots(2), OFFERS).chosen().type())
                .isEqualTo("small");
        assertThat(OfferChooser.choose(GROUP.withSlots(9).withCores(1), OFFERS)
                        .chosen()
                        .type())
                .isEqualTo("even");
    }

    @Test
    void named_types_are_tried_in_their_order_whatever_they_cost() throws NoPlanException {
        GroupOffers choice = OfferChooser.choose(GROUP.withTypes(List.of("big", "tiny")), OFFERS);

        assertThat(choice.tried()).extracting(ConsideredOffer::type).containsExactly("big", "tiny");
        assertThat(choice.considered()).hasSize(OFFERS.size());
    }

    @Test
    void without_prices_the_smallest_is_chosen_and_so_it_is_said() throws NoPlanException {
        List<Offer> flavors = List.of(offer("m1.medium", 2, 4, "", ""), offer("m1.small", 1, 2, "", ""));

        GroupOffers choice = OfferChooser.choose(GROUP, flavors);

        assertThat(choice.chosen().type()).isEqualTo("m1.small");
        assertThat(choice.chosen().why()).isEqualTo("the smallest with cores >= 1 and memory >= 1 GiB; no price known");
        assertThat(choice.considered().getLast().why()).isEqualTo("fits; larger");
    }

    @Test
    void the_order_of_the_offers_does_not_matter() throws NoPlanException {
        NodeGroup wish = GROUP.withCores(2);
        assertThat(OfferChooser.choose(wish, OFFERS.reversed())).isEqualTo(OfferChooser.choose(wish, OFFERS));
    }

    @Test
    void what_nothing_fits_names_the_nearest() {
        assertThatExceptionOfType(NoPlanException.class)
                .isThrownBy(() -> OfferChooser.choose(GROUP.withName("workers").withCores(32), OFFERS))
                .satisfies(e -> {
                    assertThat(e.getMessage()).isEqualTo("no machine of the cloud is large enough");
                    assertThat(e.where()).isEqualTo("nodes, group workers");
                    assertThat(e.seen()).startsWith("nearest is big: 16 cores, 64 GiB; wanted are 32 cores and 32 GiB");
                });
        assertThatExceptionOfType(NoPlanException.class)
                .isThrownBy(() -> OfferChooser.choose(GROUP.withTypes(List.of("smal")), OFFERS))
                .satisfies(e -> {
                    assertThat(e.getMessage()).isEqualTo("the cloud has no machine of type smal");
                    assertThat(e.seen()).startsWith("nearest is small; there are 6 types, such as tiny, small");
                });
        assertThatExceptionOfType(NoPlanException.class)
                .isThrownBy(() -> OfferChooser.choose(GROUP, List.of()))
                .withMessageContaining("offers no machine");
    }

    static Offer offer(String type, int cores, int gibibytes, String price, String spot) {
        return new Offer(
                "aws-ec2",
                "eu-west-1",
                type,
                cores,
                MemorySize.ofGiB(gibibytes).bytes(),
                price.isEmpty() ? Optional.empty() : Optional.of(money(price)),
                spot.isEmpty() ? Optional.empty() : Optional.of(money(spot)),
                LocalDate.of(2026, 11, 1));
    }

    private static Money money(String dollars) {
        return new Money(new BigDecimal(dollars));
    }

    private static Tuple row(String type, Verdict verdict, String why) {
        return Tuple.tuple(type, verdict, why);
    }
}
