package io.muster.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every key of the sizing file. */
final class Keys {
    private static final Pattern AMOUNT = Pattern.compile("^([0-9]+(?:\\.[0-9]+)?)[ _]*([A-Za-z]*)$");

    private static final Shape.Choice PROVIDER = new Shape.Choice(List.of(
            new Option(ClusterSpec.LOCAL, "processes on this machine, nothing to install"),
            new Option(ClusterSpec.DOCKER, "containers of a Docker Engine"),
            new Option(ClusterSpec.HOSTS, "machines that exist"),
            new Option("aws-ec2", "Amazon EC2"),
            new Option("openstack-nova", "OpenStack"),
            new Option("azurecompute-arm", "Microsoft Azure"),
            new Option("google-compute-engine", "Google Compute Engine")));

    /** Other names of providers, for whoever writes one of them. */
    static final Map<String, String> USUAL_NAMES = Map.of(
            "ec2", "aws-ec2",
            "amazon", "aws-ec2",
            "gcp", "google-compute-engine",
            "gce", "google-compute-engine",
            "localhost", ClusterSpec.LOCAL,
            "ssh", ClusterSpec.HOSTS);

    /** The names of all providers. */
    static final List<String> PROVIDERS = PROVIDER.texts();

    private static final Shape PLACE =
            Shape.Text.of(CloudSpec.PLACE_REGEX, "one word of letters, digits and . _ : / -");

    private static final Shape NAME_OF_PROVIDER = Shape.Text.of(
            NodeGroup.NAME_OF_PROVIDER_REGEX, "a name or id as the provider writes it, at most 400 characters");

    private static final Shape.Text HOST = Shape.Text.of(HostSpec.REGEX, HostSpec.RULE);

    private static final Shape MEMORY =
            Shape.Text.of(MemorySize.REGEX, "a number and a unit, for example 16 GiB", Keys::mendMemory);

    private static final Shape TIME =
            Shape.Text.of(TimeSpan.REGEX, "a duration, for example 20m, 8h or 1h30m", Keys::mendTime);

    private static final Shape MONEY =
            Shape.Text.of(Money.REGEX, "an amount in US dollars, for example 25 USD", Keys::mendMoney);

    private static final Shape HOSTS = new Shape.Many(
            new Shape.Shortened(
                    HOST,
                    new Shape.Section(List.of(
                            Key.required(
                                    "address",
                                    Shape.Text.of(HostSpec.ADDRESS_REGEX, "a host name or IP address alone"),
                                    "Host name, alias of your ssh_config, or IP address.",
                                    "10.0.0.7"),
                            Key.optional(
                                    "user",
                                    Shape.Text.of(HostSpec.USER_REGEX, "the name of a user"),
                                    "Who logs in. Default: as your ssh_config says.",
                                    "pi"),
                            Key.optional(
                                    "port",
                                    new Shape.Whole(1, HostSpec.MAX_PORT),
                                    "Port of its SSH server. Default: as your ssh_config says.",
                                    "2222"),
                            Key.optional(
                                    "key",
                                    Shape.Text.of(HostSpec.PATH_REGEX, "the path of a file"),
                                    "Path of the private key. Default: as your ssh_config says.",
                                    "~/.ssh/id_ed25519"),
                            Key.optional("jump", HOST, "The host to go through.", "me@gate.example.org"),
                            Key.optional(
                                    "slots",
                                    new Shape.Whole(1, NodeGroup.MAX_SLOTS),
                                    "Ranks that this host may hold. Default: the slots of its group.",
                                    "8")))),
            NodeGroup.MAX_COUNT);

    private static final List<Key> GROUP = List.of(
            Key.optional(
                            "count",
                            new Shape.Whole(1, NodeGroup.MAX_COUNT),
                            "Number of nodes; with hosts, it is their number. Ranges such as 2..16 (elastic clusters)"
                                    + " come with a later version.",
                            "4")
                    .neededBy(Key.Scope.CREATED),
            Key.optional(
                    "minimum",
                    new Shape.Whole(1, NodeGroup.MAX_COUNT),
                    "How many of these nodes are enough for the cluster to come up. Default: all.",
                    "3"),
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
            Key.cloud(
                    "type",
                    new Shape.OneOrMany(NAME_OF_PROVIDER, new Shape.Many(NAME_OF_PROVIDER, NodeGroup.MAX_TYPES)),
                    "The provider's own name of the machine type, or several in the order to try. Default: the"
                            + " cheapest that has the cores and memory.",
                    "c7i.2xlarge"),
            Key.in(
                    Key.Scope.IMAGES,
                    "image",
                    NAME_OF_PROVIDER,
                    "The operating system of the nodes: debian-12, ubuntu-24.04 or rocky-9, or an image by the"
                            + " provider's own name.",
                    "debian-12"),
            Key.cloud("spot", new Shape.Switch(), "Whether to take cheaper machines that may be taken away.", "true"),
            Key.cloud("disk", MEMORY, "Size of the root disk. Default: that of the image.", "40 GiB"),
            Key.in(Key.Scope.HOSTS, "hosts", HOSTS, "The machines, each a text such as pi@10.0.0.7:2222, or a section.")
                    .neededBy(Key.Scope.HOSTS));

    private static final Shape NODES = new Shape.OneOrMany(
            new Shape.Section(GROUP), new Shape.Many(new Shape.Section(named(GROUP)), NodeGroup.MAX_COUNT));

    private static final Shape NETWORK = new Shape.Section(List.of(
            Key.optional(
                    "subnet", NAME_OF_PROVIDER, "The subnet of the nodes. Default: the provider's.", "subnet-0a1b"),
            Key.optional(
                            "address",
                            new Shape.Choice(List.of(
                                    new Option("public", "reached from anywhere"),
                                    new Option("private", "inside the cloud's network"))),
                            "Which address of a node the manager logs in to.",
                            "private")
                    .withDefault("public"),
            Key.optional("jump", HOST, "The host to go through to the nodes.", "me@gate.example.org"),
            Key.optional(
                    "placement",
                    new Shape.Switch(),
                    "Whether the nodes are to stand close together, where the provider has that.",
                    "true")));

    private static final Shape LIMITS = new Shape.Section(List.of(
            Key.optional("idle", TIME, "The cluster is given back after this time without a job.", "20m"),
            Key.optional("lifetime", TIME, "The cluster is given back after this time, whatever it does.", "8h"),
            Key.optional("budget", MONEY, "The cluster is given back before it has cost this much.", "25 USD")));

    private static final Shape RUNTIME_NAME = new Shape.Choice(
            Arrays.stream(MpiRuntime.values()).map(MpiRuntime::option).toList());

    private static final Shape RUNTIME = new Shape.Shortened(
            RUNTIME_NAME,
            new Shape.Section(List.of(
                    Key.required("name", RUNTIME_NAME, "Which library.", "openmpi"),
                    Key.optional(
                            "version",
                            Shape.Text.of(RuntimeSpec.VERSION_REGEX, "the begin of a version in quotes, as in \"4.1\""),
                            "How the version on the nodes must begin. Default: any, but the same on all nodes.",
                            "4.1"),
                    Key.optional(
                            "home",
                            Shape.Text.of(
                                    RuntimeSpec.HOME_REGEX,
                                    "an absolute path without spaces, or that of an archive (.tar.gz, .tar.xz, …)"),
                            "The folder of its installation on the nodes, with bin and lib in it, or an archive beside"
                                    + " this file that holds such a folder and is unpacked on every node. Default: on"
                                    + " PATH, or where the packages of the Linux distribution put it.",
                            "/opt/openmpi"),
                    Key.optional(
                            "packages",
                            names(RuntimeSpec.PACKAGE_REGEX, "the name of a package"),
                            "What the package manager of the nodes (apt, dnf, yum or zypper) installs for it.",
                            "openmpi-bin"),
                    Key.optional(
                            "modules",
                            names(RuntimeSpec.MODULE_REGEX, "the name of an environment module"),
                            "Environment modules to load before it is used.",
                            "mpi/openmpi-x86_64"))));

    private static Shape names(String regex, String wanted) {
        Shape name = Shape.Text.of(regex, wanted);
        return new Shape.OneOrMany(name, new Shape.Many(name, RuntimeSpec.MAX_NAMES));
    }

    /** The whole file. */
    static final Shape.Section FILE = new Shape.Section(List.of(
            Key.required(
                    "cluster",
                    Shape.Text.of(ClusterName.REGEX, ClusterName.RULE, ClusterName::suggestionFor),
                    "Name of the cluster: " + ClusterName.RULE + ".",
                    "heat"),
            Key.required("provider", PROVIDER, "What creates the nodes.", "local"),
            Key.cloud("region", PLACE, "Where the machines are.", "eu-west-1"),
            Key.cloud("zone", PLACE, "Where in the region. Default: the provider chooses.", "eu-west-1a"),
            Key.cloud(
                    "endpoint",
                    Shape.Text.of(CloudSpec.ENDPOINT_REGEX, "an address that begins with https:// or http://"),
                    "Address of the API, for a cloud that is compatible with the provider's own.",
                    "https://cloud.example.org:5000/v3"),
            Key.cloud("network", NETWORK, "How the nodes are connected and reached."),
            Key.required("nodes", NODES, "The nodes: all alike, or a list of groups of different nodes."),
            Key.optional(
                            "runtime",
                            new Shape.OneOrMany(RUNTIME, new Shape.Many(RUNTIME, MpiRuntime.values().length)),
                            "The message-passing library that jobs run on, or a list of several; the first one is that"
                                    + " of jobs that name none.",
                            "openmpi")
                    .withDefault(MpiRuntime.MUSTER.text()),
            Key.optional("limits", LIMITS, "When the cluster is given back without being asked.")));

    private Keys() {}

    private static List<Key> named(List<Key> keys) {
        Shape name = Shape.Text.of(
                NodeGroup.NAME_REGEX,
                NodeGroup.NAME_RULE,
                text -> ClusterName.suggestionFor(text.substring(0, Math.min(text.length(), 16))));
        List<Key> named = new ArrayList<>();
        named.add(Key.required("name", name, "Name of the group: " + NodeGroup.NAME_RULE + ".", "workers"));
        named.addAll(keys);
        return List.copyOf(named);
    }

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
