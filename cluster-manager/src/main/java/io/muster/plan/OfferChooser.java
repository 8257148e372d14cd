package io.muster.plan;

import io.muster.plan.ConsideredOffer.Verdict;
import io.muster.provider.Offer;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import io.muster.spec.NodeGroup;
import io.muster.spec.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses sizes of machines for one group: those that it names, in their order, or the cheapest that has its cores and
 * memory. Where nothing is said of memory, a slot counts {@value #GIB_A_SLOT} GiB, which a JVM and its messages take.
 */
final class OfferChooser {
    static final int GIB_A_SLOT = 1;
    /** Most sizes in reserve beside the chosen one. */
    static final int MAX_RESERVE = 4;

    /** A size in reserve costs, or has cores where no price is known, at most this many times as much. */
    private static final BigDecimal MAX_RISE = new BigDecimal("1.5");

    private static final BigDecimal UNKNOWN_PRICE = new BigDecimal("1e9");

    private final NodeGroup group;
    private final int cores;
    private final MemorySize memory;

    private OfferChooser(NodeGroup group) {
        this.group = group;
        this.cores = group.cores().orElse(group.slots().orElse(1));
        this.memory = group.memory()
                .orElse(MemorySize.ofGiB(
                        (long) GIB_A_SLOT * Math.max(cores, group.slots().orElse(1))));
    }

    /**
     * The offers in the order to try, and why each other one is not tried.
     *
     * @throws NoPlanException when there is none that the group could take
     */
    static GroupOffers choose(NodeGroup group, List<Offer> offers) throws NoPlanException {
        OfferChooser chooser = new OfferChooser(group);
        if (offers.isEmpty()) {
            throw new NoPlanException(
                    "the cloud offers no machine there",
                    chooser.where(),
                    "its list of sizes is empty",
                    "check region, zone and endpoint in the sizing file");
        }
        return new GroupOffers(group.name(), group.types().isEmpty() ? chooser.bySize(offers) : chooser.byName(offers));
    }

    private List<ConsideredOffer> byName(List<Offer> offers) throws NoPlanException {
        List<ConsideredOffer> considered = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (String type : group.types()) {
            Optional<Offer> named =
                    offers.stream().filter(offer -> offer.type().equals(type)).min(order());
            if (named.isEmpty()) {
                missing.add(type);
                continue;
            }
            boolean first = considered.isEmpty();
            considered.add(seen(
                    named.get(),
                    first ? Verdict.CHOSEN : Verdict.IN_RESERVE,
                    first ? "the first that you name" : "you name it next"));
        }
        if (!missing.isEmpty()) {
            throw unknown(group.types().stream().filter(missing::contains).toList(), offers);
        }
        offers.stream()
                .filter(offer -> !group.types().contains(offer.type()))
                .sorted(order())
                .forEach(offer -> considered.add(seen(offer, Verdict.UNFIT, "not among the types that you name")));
        return considered;
    }

    private List<ConsideredOffer> bySize(List<Offer> offers) throws NoPlanException {
        List<Offer> fitting = offers.stream()
                .filter(offer -> lacks(offer).isEmpty())
                .sorted(order())
                .toList();
        List<Offer> others = offers.stream()
                .filter(offer -> !lacks(offer).isEmpty())
                .sorted(Comparator.comparingDouble(this::distance).thenComparing(Offer::type))
                .toList();
        if (fitting.isEmpty()) {
            throw tooSmall(others.getFirst());
        }
        Offer chosen = fitting.getFirst();
        List<ConsideredOffer> considered = new ArrayList<>();
        considered.add(seen(chosen, Verdict.CHOSEN, why(chosen)));
        int reserve = 0;
        for (Offer offer : fitting.subList(1, fitting.size())) {
            if (reserve < MAX_RESERVE && isNear(offer, chosen)) {
                reserve++;
                considered.add(seen(offer, Verdict.IN_RESERVE, "the next when there is no room" + more(offer, chosen)));
            } else {
                considered.add(seen(offer, Verdict.FITS, "fits" + more(offer, chosen)));
            }
        }
        others.forEach(offer -> considered.add(seen(offer, Verdict.UNFIT, String.join(", ", lacks(offer)))));
        return considered;
    }

    /** Cheapest first, without a price last; then smallest; the name at the end, so that there is one order only. */
    private Comparator<Offer> order() {
        return Comparator.comparing(
                        (Offer offer) -> price(offer).map(Money::dollars).orElse(UNKNOWN_PRICE))
                .thenComparingInt(Offer::cores)
                .thenComparingLong(Offer::memoryBytes)
                .thenComparing(Offer::type);
    }

    private Optional<Money> price(Offer offer) {
        return group.spot() ? offer.spotPerHour().or(offer::pricePerHour) : offer.pricePerHour();
    }

    private List<String> lacks(Offer offer) {
        List<String> lacks = new ArrayList<>();
        if (offer.cores() < cores) {
            lacks.add("has " + cores(offer.cores()) + ", wanted are " + cores);
        }
        if (offer.memoryBytes() < memory.bytes()) {
            lacks.add("has " + new MemorySize(offer.memoryBytes()) + ", wanted are " + memory + memoryReason());
        }
        return lacks;
    }

    private String memoryReason() {
        return group.memory().isPresent() ? "" : " (" + GIB_A_SLOT + " GiB a slot, as memory is not given)";
    }

    /** How far a size that is too small is from the wish: 0 is there, 1 has nothing of it. */
    private double distance(Offer offer) {
        return Math.max(0, 1 - offer.cores() / (double) cores)
                + Math.max(0, 1 - offer.memoryBytes() / (double) memory.bytes());
    }

    private boolean isNear(Offer offer, Offer chosen) {
        Optional<Money> least = price(chosen);
        Optional<Money> price = price(offer);
        BigDecimal mine = least.isPresent() ? least.get().dollars() : BigDecimal.valueOf(chosen.cores());
        Optional<BigDecimal> its =
                least.isPresent() ? price.map(Money::dollars) : Optional.of(BigDecimal.valueOf(offer.cores()));
        return its.isPresent() && its.get().compareTo(mine.multiply(MAX_RISE)) <= 0;
    }

    private String why(Offer chosen) {
        String size = "cores >= " + cores + " and memory >= " + memory;
        return price(chosen).isPresent()
                ? "the cheapest with " + size
                : "the smallest with " + size + "; no price known";
    }

    private String more(Offer offer, Offer chosen) {
        if (price(offer).isEmpty() || price(chosen).isEmpty()) {
            return "; larger";
        }
        BigDecimal rise =
                price(offer).get().dollars().subtract(price(chosen).get().dollars());
        return rise.signum() == 0 ? "; costs the same" : "; costs " + new Money(rise) + " more an hour";
    }

    private ConsideredOffer seen(Offer offer, Verdict verdict, String why) {
        boolean full = group.spot()
                && offer.spotPerHour().isEmpty()
                && offer.pricePerHour().isPresent();
        return new ConsideredOffer(
                offer.region(),
                offer.type(),
                offer.cores(),
                new MemorySize(offer.memoryBytes()),
                price(offer),
                verdict,
                full ? why + "; no spot price known, this is the full one" : why);
    }

    private NoPlanException tooSmall(Offer nearest) {
        return new NoPlanException(
                "no machine of the cloud is large enough",
                where(),
                "nearest is " + nearest.type() + ": " + cores(nearest.cores()) + ", "
                        + new MemorySize(nearest.memoryBytes()) + "; wanted are " + cores(cores) + " and "
                        + memory + memoryReason(),
                "ask for less in cores or memory, for more nodes instead, or for another region");
    }

    private NoPlanException unknown(List<String> missing, List<Offer> offers) {
        Set<String> known = new HashSet<>();
        offers.forEach(offer -> known.add(offer.type()));
        Optional<String> nearest =
                Spelling.nearest(missing.getFirst(), known.stream().sorted().toList());
        List<String> few = offers.stream()
                .sorted(order())
                .map(Offer::type)
                .distinct()
                .limit(6)
                .toList();
        return new NoPlanException(
                "the cloud has no machine of type " + String.join(", ", missing),
                where(),
                nearest.map(type -> "nearest is " + type + "; ").orElse("") + "there are " + known.size()
                        + " types, such as " + String.join(", ", few),
                "correct type in the sizing file, name another region, or leave type out and give cores and memory");
    }

    private String where() {
        return group.name().isEmpty() ? "nodes" : "nodes, group " + group.name();
    }

    private static String cores(int number) {
        return number == 1 ? "1 core" : number + " cores";
    }
}
