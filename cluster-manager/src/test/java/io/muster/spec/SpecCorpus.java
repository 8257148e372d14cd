package io.muster.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sizing files, right and wrong, on which the reader and the schema must agree. */
final class SpecCorpus {
    private static final String HEAD = "cluster: heat\nprovider: local\n";
    private static final String NODES = HEAD + "nodes:\n  count: 4\n";

    private static final String HOSTS = "cluster: heat\nprovider: hosts\nnodes:\n";
    private static final String DOCKER = "cluster: heat\nprovider: docker\nnodes:\n  count: 4\n";
    private static final String CLOUD = "cluster: heat\nprovider: aws-ec2\nnodes:\n  count: 4\n";

    static final List<String> GOOD = List.of(
            DOCKER + "  image: registry.example.org:5000/mpi@sha256:0123\n",
            NODES + "  minimum: 3\n",
            HEAD + "nodes:\n  - {name: big, count: 1, cores: 8}\n  - {name: small, count: 3, minimum: 1}\n",
            HEAD + "nodes: [{name: a-2, count: 1}]\n",
            HOSTS + "  hosts: [10.0.0.7]\n",
            HOSTS + "  count: 2\n  hosts: [node1, node2.example.org]\n",
            HOSTS + "  hosts:\n    - pi@10.0.0.7:2222\n    - '[fe80::1]:22'\n    - 'me@fe80::2'\n    - gate_1:65535\n",
            HOSTS + """
                      slots: 4
                      hosts:
                        - {address: n1, user: pi, port: 2222, key: ~/.ssh/my key, slots: 2}
                        - {address: 'fe80::1', jump: 'me@gate:22'}
                        - n2
                    """,
            HOSTS + "  - {name: a, hosts: [n1]}\n  - {name: b, hosts: [n2, 'n1:23']}\n",
            CLOUD,
            CLOUD.replace("aws-ec2", "openstack-nova") + "  image: Debian 12\n  type: m1.tiny\n",
            CLOUD.replace("aws-ec2", "azurecompute-arm") + "  type: [Standard_D4s_v5, Standard_D8s_v5]\n",
            CLOUD.replace("aws-ec2", "google-compute-engine") + "  spot: false\n  disk: 40 GiB\n",
            CLOUD + "  type: [c7i.large]\n  spot: true\nregion: eu-west-1\nzone: eu-west-1a\n",
            CLOUD + "endpoint: http://ec2.us-east-1.amazonaws.com:5555\n",
            CLOUD + "endpoint: https://cloud.example.org:5000/v3\nnetwork: {}\n",
            CLOUD + "network:\n  subnet: subnet-0a1b\n  address: private\n  jump: me@gate:2222\n  placement: true\n",
            """
            cluster: heat
            provider: aws-ec2
            nodes:
              - {name: a, count: 1, type: c7i.large}
              - {name: b, count: 2, type: [r7i.large, r6i.large], image: debian-12}
            """,
            NODES,
            HEAD + "nodes: {count: 1}\n",
            "{\"cluster\": \"heat\", \"provider\": \"local\", \"nodes\": {\"count\": 4096}}",
            NODES + "  slots: 2\n  cores: 8\n  memory: 16 GiB\n",
            NODES + "  memory: 512MiB\n",
            NODES + "  memory: 1.5 TB\n",
            NODES + "  memory: '0.5 GiB'\n",
            NODES + "runtime: muster\n",
            NODES + "runtime: mpj-express\n",
            NODES + "runtime: {name: openmpi, version: '5', packages: openmpi-bin}\n",
            NODES + "runtime:\n  - mpich\n  - {name: openmpi, home: /opt/ompi, modules: [gcc/12, mpi]}\n",
            NODES + "runtime: {name: openmpi, home: libs/openmpi-5.tar.gz}\n",
            NODES + "runtime: {name: mpj-express, home: '~/mpj express.tgz'}\n",
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
            HEAD + "nodes: []\n",
            HEAD + "nodes: [4]\n",
            HEAD + "nodes: [{name: a, count: 1}, ]\nminimum: 1\n",
            HEAD + "nodes: [{name: a, count: 1}, null]\n",
            HEAD + "nodes: [[{name: a, count: 1}]]\n",
            HEAD + "nodes: {name: a, count: 1}\n",
            HEAD + "nodes: [{name: A, count: 1}]\n",
            HEAD + "nodes: [{name: a2345678901234567, count: 1}]\n",
            HEAD + "nodes: [{name: a}]\n",
            HEAD + "nodes: [{name: a, count: 1, type: x}]\n",
            NODES + "  minimum: 0\n",
            NODES + "  hosts: [n1, n2, n3, n4]\n",
            NODES + "  disk: 40 GiB\n",
            NODES + "zone: a\n",
            NODES + "endpoint: https://a\n",
            NODES + "network: {placement: true}\n",
            DOCKER + "  type: large\n",
            DOCKER + "  hosts: [n1]\n",
            DOCKER + "  image: ''\n",
            DOCKER + "  image: 'a '\n",
            HOSTS + "  count: 2\n",
            HOSTS + "  hosts: n1\n",
            HOSTS + "  hosts: []\n",
            HOSTS + "  hosts: [7]\n",
            HOSTS + "  hosts: ['']\n",
            HOSTS + "  hosts: [~]\n",
            HOSTS + "  hosts: ['n1:0']\n",
            HOSTS + "  hosts: ['n1:65536']\n",
            HOSTS + "  hosts: ['n1 n2']\n",
            HOSTS + "  hosts: ['ssh://n1']\n",
            HOSTS + "  hosts: ['@n1']\n",
            HOSTS + "  hosts: [-oProxyCommand=x]\n",
            HOSTS + "  hosts: [{user: pi}]\n",
            HOSTS + "  hosts: [{address: 'n1:22'}]\n",
            HOSTS + "  hosts: [{address: n1, port: 0}]\n",
            HOSTS + "  hosts: [{address: n1, port: '22'}]\n",
            HOSTS + "  hosts: [{address: n1, password: secret}]\n",
            HOSTS + "  hosts: [{address: n1, key: \"a\\nb\"}]\n",
            HOSTS + "  hosts: [[n1]]\n",
            HOSTS + "  hosts: [n1]\n  image: debian-12\n",
            HOSTS + "  hosts: [n1]\n  type: x\n",
            HOSTS + "  - {name: a, count: 1}\n",
            HOSTS + "  hosts: [n1]\nregion: x\n",
            CLOUD + "  hosts: [n1]\n",
            CLOUD + "  type: []\n",
            CLOUD + "  type: [1]\n",
            CLOUD + "  type: 4\n",
            CLOUD + "  type: {a: b}\n",
            CLOUD + "  type: ['a\tb']\n",
            CLOUD + "  spot: cheap\n",
            CLOUD + "  disk: 40\n",
            CLOUD + "region: [a, b]\n",
            CLOUD + "region: eu west\n",
            CLOUD + "endpoint: cloud.example.org\n",
            CLOUD + "endpoint: https://me:secret@cloud.example.org\n",
            CLOUD + "endpoint: ftp://cloud.example.org\n",
            CLOUD + "network: private\n",
            CLOUD + "network: {address: internal}\n",
            CLOUD + "network: {jump: 'a b'}\n",
            CLOUD + "network: {placement: 1}\n",
            CLOUD + "network: {gateway: a}\n",
            CLOUD.replace("  count: 4\n", "  spot: true\n"),
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
            NODES + "runtime: openmp\n",
            NODES + "runtime: {home: /opt}\n",
            NODES + "runtime: {name: mpich, home: opt}\n",
            NODES + "runtime: []\n",
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
            "cluster: heat\nprovider: amazon\nnodes: {count: 1}\n",
            "cluster: heat\nprovider:\nnodes: {count: 1}\n",
            "cluster: heat\nprovider: local\nnodes: {count: 1}\n<<: {a: b}\n");

    /** Wrong in a way that no schema can say: the reader alone refuses. */
    static final List<String> CONTRADICTIONS = List.of(
            NODES + "  minimum: 5\n",
            HOSTS + "  count: 3\n  hosts: [n1, n2]\n",
            HOSTS + "  hosts: [n1, n2]\n  minimum: 3\n",
            HOSTS + "  hosts: [n1, 'me@N1:22']\n",
            HOSTS + "  - {name: a, hosts: [n1]}\n  - {name: b, hosts: [{address: n1}]}\n",
            HEAD + "nodes: [{name: a, count: 1}, {name: a, count: 2}]\n",
            HEAD + "nodes: [{name: a, count: 4000}, {name: b, count: 97}]\n");

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
            "minimum",
            "name",
            "hosts",
            "disk",
            "network",
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
            "hosts",
            "docker",
            "[n1]",
            "[{name: a, count: 2}]",
            "c7i.large",
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

    private static final List<String> PROVIDERS = List.of("local", "local", "docker", "hosts", "aws-ec2");

    private SpecCorpus() {}

    /** A file near a right one: some keys left out, doubled elsewhere or with values of other keys. */
    static String generated(Random random) {
        List<String> parts = new ArrayList<>();
        parts.add("cluster: " + usually(random, "heat"));
        parts.add("provider: " + usually(random, PROVIDERS.get(random.nextInt(PROVIDERS.size()))));
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
        if (random.nextInt(8) == 0) {
            parts.add("type: " + usually(random, "[c7i.large, m1.tiny]"));
        }
        if (random.nextInt(8) == 0) {
            parts.removeFirst();
            parts.add("hosts: " + usually(random, "[n1, {address: n2, port: 22}, me@n3, 'n4:22']"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("name: workers");
            return "[{" + String.join(", ", parts) + "}]";
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
