package io.muster.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every key of the sizing file. */
final class Keys {
    private static final Pattern AMOUNT = Pattern.compile("^([0-9]+(?:\\.[0-9]+)?)[ _]*([A-Za-z]*)$");

    private static final Shape PROVIDER = new Shape.Choice(List.of(
            new Option(ClusterSpec.LOCAL, "processes on this machine, nothing to install", Availability.NOW),
            new Option(ClusterSpec.DOCKER, "containers of a Docker Engine", Availability.NOW),
            new Option("hosts", "machines that exist", Availability.LATER),
            new Option("aws-ec2", "Amazon EC2", Availability.LATER),
            new Option("azurecompute-arm", "Microsoft Azure", Availability.LATER),
            new Option("openstack-nova", "OpenStack", Availability.LATER),
            new Option("google-compute-engine", "Google Compute Engine", Availability.LATER)));

    private static final Shape WORD = Shape.Text.of(
            "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$",
            "one word of letters, digits and . _ : / -",
            text -> Optional.empty());

    private static final Shape MEMORY =
            Shape.Text.of(MemorySize.REGEX, "a number and a unit, for example 16 GiB", Keys::mendMemory);

    private static final Shape TIME =
            Shape.Text.of(TimeSpan.REGEX, "a duration, for example 20m, 8h or 1h30m", Keys::mendTime);

    private static final Shape MONEY =
            Shape.Text.of(Money.REGEX, "an amount in US dollars, for example 25 USD", Keys::mendMoney);

    private static final Shape NODES = new Shape.Section(List.of(
            Key.required(
                    "count",
                    new Shape.Whole(1, NodeGroup.MAX_COUNT),
                    "Number of nodes. Ranges such as 2..16 (elastic clusters) come with a later version.",
                    "4"),
            Key.optional(
                    "slots",
                    new Shape.Whole(1, NodeGroup.MAX_SLOTS),
                    "Ranks that one node may hold. Default: as many as cores; 2 for provider local without cores.",
                    "2"),
            Key.optional(
                    "cores",
                    new Shape.Whole(1, NodeGroup.MAX_SLOTS),
                    "Cores that one node must have. Default: as many as slots.",
                    "8"),
            Key.optional("memory", MEMORY, "Memory that one node must have.", "16 GiB"),
            Key.cloud("type", WORD, "The provider's own name of the machine type.", "c7i.2xlarge"),
            Key.image(
                    "image",
                    WORD,
                    "The operating system of the nodes: debian-12, ubuntu-24.04 or rocky-9, or an image by the"
                            + " provider's own name.",
                    "debian-12"),
            Key.cloud("spot", new Shape.Switch(), "Whether to take cheaper machines that may be taken away.", "true")));

    private static final Shape LIMITS = new Shape.Section(List.of(
            Key.optional("idle", TIME, "The cluster is given back after this time without a job.", "20m"),
            Key.optional("lifetime", TIME, "The cluster is given back after this time, whatever it does.", "8h"),
            Key.optional("budget", MONEY, "The cluster is given back before it has cost this much.", "25 USD")));

    /** The whole file. */
    static final Shape.Section FILE = new Shape.Section(List.of(
            Key.required(
                    "cluster",
                    Shape.Text.of(ClusterName.REGEX, ClusterName.RULE, ClusterName::suggestionFor),
                    "Name of the cluster: " + ClusterName.RULE + ".",
                    "heat"),
            Key.required("provider", PROVIDER, "What creates the nodes.", "local"),
            Key.cloud("region", WORD, "Where the machines are.", "eu-west-1"),
            Key.required("nodes", NODES, "The nodes, all alike. Groups of different nodes come with a later version."),
            Key.optional(
                            "runtime",
                            new Shape.Choice(Arrays.stream(MpiRuntime.values())
                                    .map(MpiRuntime::option)
                                    .toList()),
                            "The message-passing library that jobs run on.",
                            "muster")
                    .withDefault(MpiRuntime.MUSTER.text()),
            Key.optional("limits", LIMITS, "When the cluster is given back without being asked.")));

    private Keys() {}

    private static Optional<String> mendMemory(String text) {
        return amount(text).map(parts -> {
            String unit = parts.group(2).toLowerCase(Locale.ROOT);
            String letter = unit.isEmpty() ? "G" : unit.substring(0, 1).toUpperCase(Locale.ROOT);
            return parts.group(1) + " " + letter
                    + (unit.endsWith("b") && !unit.contains("i") && unit.length() > 1 ? "B" : "iB");
        });
    }

    private static Optional<String> mendTime(String text) {
        return amount(text).map(parts -> {
            String unit = parts.group(2).toLowerCase(Locale.ROOT);
            return parts.group(1) + (unit.isEmpty() ? "m" : unit.substring(0, 1));
        });
    }

    private static Optional<String> mendMoney(String text) {
        String plain = text.replace("$", "").replace("€", "").replace(",", ".").strip();
        return amount(plain).map(parts -> parts.group(1) + " USD");
    }

    private static Optional<Matcher> amount(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }
}
