package io.muster.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sizing files, right and wrong, on which the reader and the schema must agree. */
final class SpecCorpus {
    private static final String HEAD = "cluster: heat\nprovider: local\n";
    private static final String NODES = HEAD + "nodes:\n  count: 4\n";

    static final List<String> GOOD = List.of(
            NODES,
            HEAD + "nodes: {count: 1}\n",
            "{\"cluster\": \"heat\", \"provider\": \"local\", \"nodes\": {\"count\": 4096}}",
            NODES + "  slots: 2\n  cores: 8\n  memory: 16 GiB\n",
            NODES + "  memory: 512MiB\n",
            NODES + "  memory: 1.5 TB\n",
            NODES + "  memory: '0.5 GiB'\n",
            NODES + "runtime: muster\n",
            NODES + "limits: {}\n",
            NODES + "limits: {idle: 20m, lifetime: 8h, budget: 25 USD}\n",
            NODES + "limits:\n  idle: 1h30m\n  lifetime: 2d\n  budget: 12.50USD\n",
            HEAD + "nodes:\n  count: 4.0\n",
            "# a comment\n---\n" + NODES + "...\n",
            "provider: 'local'\ncluster: \"a\"\nnodes:\n  count: 1\n",
            "cluster: a234567890123456789012345678901234567890\nprovider: local\nnodes: {count: 2}\n",
            NODES.replace("\n", "\r\n"));

    static final List<String> BAD = List.of(
            "hello",
            "[]",
            "- cluster: heat\n",
            "42",
            "{}",
            HEAD,
            "cluster: heat\nnodes: {count: 1}\n",
            "provider: local\nnodes: {count: 1}\n",
            HEAD + "nodes: {}\n",
            HEAD + "nodes:\n",
            HEAD + "nodes: 4\n",
            HEAD + "nodes: [{count: 2}, {count: 3}]\n",
            HEAD + "nodes: {count: 0}\n",
            HEAD + "nodes: {count: -1}\n",
            HEAD + "nodes: {count: 4097}\n",
            HEAD + "nodes: {count: 1e400}\n",
            HEAD + "nodes: {count: 2.5}\n",
            HEAD + "nodes: {count: 99999999999999999999}\n",
            HEAD + "nodes: {count: '4'}\n",
            HEAD + "nodes: {count: 2..16}\n",
            HEAD + "nodes: {count: [4]}\n",
            HEAD + "nodes: {count: true}\n",
            HEAD + "nodes: {count: }\n",
            HEAD + "nodes: {cout: 4}\n",
            NODES + "  slots: 0\n",
            NODES + "  cores: many\n",
            NODES + "  memory: 16\n",
            NODES + "  memory: 16 gb\n",
            NODES + "  memory: 0 GiB\n",
            NODES + "  memory: 16  GiB\n",
            NODES + "  memory: {size: 4}\n",
            NODES + "  image: debian-12\n",
            NODES + "  spot: true\n",
            NODES + "  type: c7i.2xlarge\n",
            NODES + "region: eu-west-1\n",
            NODES + "count: 4\n",
            NODES + "runtime: openmpi\n",
            NODES + "runtime: Muster\n",
            NODES + "runtime: 3\n",
            NODES + "limits: none\n",
            NODES + "limits: {idle: 20}\n",
            NODES + "limits: {idle: 0m}\n",
            NODES + "limits: {idle: ''}\n",
            NODES + "limits: {lifetime: 8 h}\n",
            NODES + "limits: {lifetime: 8m1h}\n",
            NODES + "limits: {budget: 25}\n",
            NODES + "limits: {budget: 25 EUR}\n",
            NODES + "limits: {budget: 0 USD}\n",
            NODES + "limits: {max: 3}\n",
            "cluster: Heat\nprovider: local\nnodes: {count: 1}\n",
            "cluster: 4\nprovider: local\nnodes: {count: 1}\n",
            "cluster: heat_1\nprovider: local\nnodes: {count: 1}\n",
            "cluster: heat-\nprovider: local\nnodes: {count: 1}\n",
            "cluster: a2345678901234567890123456789012345678901\nprovider: local\nnodes: {count: 1}\n",
            "cluster: ''\nprovider: local\nnodes: {count: 1}\n",
            "cluster: \"heat\\n\"\nprovider: local\nnodes: {count: 1}\n",
            "cluster: [heat]\nprovider: local\nnodes: {count: 1}\n",
            "cluster: heat\nprovider: aws-ec2\nregion: eu-west-1\nnodes: {count: 1, spot: true}\n",
            "cluster: heat\nprovider: amazon\nnodes: {count: 1}\n",
            "cluster: heat\nprovider:\nnodes: {count: 1}\n",
            "cluster: heat\nprovider: local\nnodes: {count: 1}\n<<: {a: b}\n");

    private static final List<String> KEYS = List.of(
            "cluster",
            "provider",
            "nodes",
            "runtime",
            "limits",
            "region",
            "count",
            "slots",
            "cores",
            "memory",
            "type",
            "image",
            "spot",
            "idle",
            "lifetime",
            "budget",
            "",
            "Cluster",
            "x");

    private static final List<String> SCALARS = List.of(
            "heat",
            "local",
            "muster",
            "4",
            "0",
            "-3",
            "2.0",
            "2.5",
            "1e2",
            "true",
            "null",
            "~",
            "16 GiB",
            "16GB",
            "20m",
            "8h",
            "25 USD",
            "'4'",
            "\"\"",
            "aws-ec2",
            "openmpi",
            "[]",
            "{}",
            "[1, a]",
            ".inf",
            ".nan",
            "0x10",
            "1_000",
            "2..16",
            "eu-west-1",
            "é",
            "\"a\\tb\"");

    private SpecCorpus() {}

    /** A file near a right one: some keys left out, doubled elsewhere or with values of other keys. */
    static String generated(Random random) {
        List<String> parts = new ArrayList<>();
        parts.add("cluster: " + usually(random, "heat"));
        parts.add("provider: " + usually(random, "local"));
        parts.add("nodes: " + (random.nextInt(8) == 0 ? scalar(random) : nodes(random)));
        if (random.nextInt(3) == 0) {
            parts.add("runtime: " + usually(random, "muster"));
        }
        if (random.nextInt(3) == 0) {
            parts.add("limits: {idle: " + usually(random, "20m") + ", budget: " + usually(random, "25 USD") + "}");
        }
        if (random.nextInt(4) == 0) {
            parts.remove(random.nextInt(parts.size()));
        }
        if (random.nextInt(4) == 0) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            if (parts.stream().noneMatch(part -> part.startsWith(key + ":"))) {
                parts.add((key.isEmpty() ? "''" : key) + ": " + scalar(random));
            }
        }
        return String.join("\n", parts) + "\n";
    }

    private static String nodes(Random random) {
        List<String> parts = new ArrayList<>();
        parts.add("count: " + usually(random, "4"));
        if (random.nextBoolean()) {
            parts.add("slots: " + usually(random, "2"));
        }
        if (random.nextBoolean()) {
            parts.add("memory: " + usually(random, "1 GiB"));
        }
        if (random.nextInt(8) == 0) {
            parts.add("spot: " + scalar(random));
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String usually(Random random, String right) {
        return random.nextInt(8) == 0 ? scalar(random) : right;
    }

    private static String scalar(Random random) {
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }
}
