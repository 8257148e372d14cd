package io.muster.provider.cloud.standin;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small Google Compute Engine: login, API, a subnet of somebody in the project, and machines in it that boot, run
 * their startup script, shut down and are removed. Everything goes away when it is closed. It also runs as a program
 * that prints its endpoint, region, subnet and variables and goes when its standard input ends.
 */
public final class GceStandIn implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 80;
    /** Of the machines, which live six times as fast. */
    private static final int MINUTE_S = 10;

    private static final String LAB = "lab";

    private final GceStore store = new GceStore();
    private final Set<String> containers = ConcurrentHashMap.newKeySet();
    private final Set<String> soldOut = ConcurrentHashMap.newKeySet();
    private final String prefix;
    private final String network;
    private final GceApi api;
    private final ApiServer server;
    private final Path keyFile;
    private final Thread watching;
    private int publicAddresses;
    private volatile String refusal = "";
    private volatile boolean closed;

    private GceStandIn(String prefix, String network) throws IOException {
        this.prefix = prefix;
        this.network = network;
        this.api = new GceApi(new GcePaths(store, new Numbers()));
        this.server = new ApiServer(api);
        this.keyFile = Files.createTempFile("muster-gce-", ".json");
        Files.writeString(keyFile, api.keyFile(server.endpoint()));
        synchronized (store) {
            put("global/networks/default");
            put("global/networks/" + LAB);
            put("regions/" + GceRules.REGION + "/subnetworks/" + LAB)
                    .put("network", root() + "global/networks/" + LAB)
                    .put("ipCidrRange", prefix + "0/24");
        }
        this.watching = Thread.ofPlatform().name("gce-stand-in").start(this::watch);
    }

    private ObjectNode put(String path) {
        ObjectNode body = new JsonMapper().createObjectNode();
        store.put(new GceResource(path, body));
        return body;
    }

    private String root() {
        return endpoint() + "/compute/v1/projects/" + GceRules.PROJECT + "/";
    }

    /** Starts the API and the network. */
    public static GceStandIn start() throws IOException {
        LabNetwork network = LabNetwork.create("gce", 26);
        try {
            return new GceStandIn(network.prefix(), network.name());
        } catch (IOException | RuntimeException e) {
            network.remove();
            throw e;
        }
    }

    /** Where the API answers, and the service that gives tokens too. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The subnet whose addresses are real. */
    public String subnet() {
        return LAB;
    }

    /** The region in which everything is. */
    public String region() {
        return GceRules.REGION;
    }

    /** The variables of somebody who may use it. */
    public Map<String, String> environment() {
        return Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS",
                keyFile.toString(),
                "CLOUDSDK_COMPUTE_REGION",
                GceRules.REGION,
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE",
                endpoint() + "/compute/v1/");
    }

    /** What happens to calls from now on. */
    public void play(CallFault.Script script) {
        server.play(script);
    }

    /** The calls since the script began, as {@code METHOD path}. */
    public List<String> calls() {
        return server.calls();
    }

    /** What was refused because it was asked wrongly: unknown paths, fields, values, references. */
    public List<String> avoidable() {
        return server.avoidable();
    }

    /** Machine types for which a machine is accepted and then ends with this error. */
    public void sellOut(Set<String> types, String error) {
        refusal = error;
        soldOut.clear();
        soldOut.addAll(types);
    }

    /** The resources of a kind, as the owner of the project sees them; for none, all that were made. */
    public List<JsonNode> resources(String kind) {
        synchronized (store) {
            store.advance();
            return store.all().stream()
                    .filter(one -> kind.isEmpty()
                            ? !one.kind().equals("networks") && !one.kind().equals("subnetworks")
                            : one.kind().equals(kind))
                    .map(one -> (JsonNode) one.shown(root()))
                    .toList();
        }
    }

    /** Stops a machine, as its owner does in the console. */
    public void stop(String name) {
        Container.remove(container(name));
    }

    /** Leaves the disk of a machine when that goes, as its owner may have it. */
    public void keepDisk(String name) {
        synchronized (store) {
            GceResource machine = store.all("instances").stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            ((ObjectNode) machine.at("disks.0")).put("autoDelete", false);
        }
    }

    /** The container that stands in for a machine. */
    public static String container(String machine) {
        return "muster-" + machine;
    }

    /** A file of a machine. */
    public static String file(String machine, String path) {
        return Command.run("docker", "exec", container(machine), "cat", path);
    }

    private final class Numbers implements GcePaths.Addresses {
        @Override
        public String privateOne(String subnet) {
            String start = subnet.endsWith("/" + LAB) ? prefix : "10.164.0.";
            Set<String> taken = new HashSet<>();
            store.all("instances")
                    .forEach(one ->
                            taken.add(one.at("networkInterfaces.0.networkIP").asString("")));
            for (int last = 2; last < 250; last++) {
                // The first one is the gateway's.
                if (!taken.contains(start + last)) {
                    return start + last;
                }
            }
            throw new IllegalStateException("the subnet is full");
        }

        @Override
        public String publicOne() {
            publicAddresses++;
            return "203.0.113." + publicAddresses;
        }
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (IllegalStateException e) {
                if (!closed) {
                    System.err.println("gce stand-in: " + e.getMessage());
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        List<GceResource> machines;
        synchronized (store) {
            store.advance();
            machines = store.all("instances");
        }
        for (GceResource machine : machines) {
            switch (machine.status) {
                case "PROVISIONING" -> boot(machine);
                case "STOPPING" -> end(machine);
                default -> live(machine);
            }
        }
    }

    private void boot(GceResource machine) {
        if (soldOut.contains(machine.at("machineType").asString("").replaceFirst("^.*/", ""))) {
            synchronized (store) {
                store.end(machine, refusal);
                store.vanish(machine);
            }
            return;
        }
        become(machine, "PROVISIONING", "STAGING");
        boolean told = true;
        if (machine.at("networkInterfaces.0.subnetwork").asString("").endsWith("/" + LAB)) {
            containers.add(machine.name());
            try {
                told = GceMachine.boot(
                        container(machine.name()),
                        network,
                        machine.at("networkInterfaces.0.networkIP").asString(""),
                        machine.metadata("startup-script"),
                        "muster/booted");
            } catch (IllegalStateException e) {
                System.err.println("gce stand-in: " + machine.name() + " does not boot: " + e.getMessage());
                told = false;
            }
        }
        synchronized (store) {
            machine.told = told;
            machine.runningSinceNanos = System.nanoTime();
            become(machine, "STAGING", "RUNNING");
            store.end(machine, "");
        }
    }

    private void become(GceResource machine, String from, String to) {
        synchronized (store) {
            // It may have been told to go.
            if (machine.status.equals(from)) {
                machine.status = to;
            }
        }
    }

    private void live(GceResource machine) {
        String life = machine.at("scheduling.maxRunDuration.seconds").asString("");
        long ageS = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - machine.runningSinceNanos);
        if (!life.isEmpty() && ageS > Long.parseLong(life) * MINUTE_S / 60) {
            end(machine);
        } else if (machine.status.equals("RUNNING")
                && containers.contains(machine.name())
                && !Container.runs(container(machine.name()))) {
            become(machine, "RUNNING", "TERMINATED");
        }
    }

    private void end(GceResource machine) {
        if (containers.remove(machine.name())) {
            Container.remove(container(machine.name()));
        }
        synchronized (store) {
            store.end(machine, "");
            store.vanish(machine);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        containers.forEach(name -> Container.remove(container(name)));
        server.close();
        Command.run("docker", "network", "rm", network);
        try {
            Files.deleteIfExists(keyFile);
        } catch (IOException e) {
            System.err.println("gce stand-in: " + e.getMessage());
        }
    }

    /** Runs until standard input ends. */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        try (GceStandIn cloud = start()) {
            out.println(cloud.endpoint() + " " + cloud.region() + " " + cloud.subnet());
            cloud.environment().forEach((name, value) -> out.println(name + "=" + value));
            out.flush();
            while (System.in.read() >= 0) {
                // whoever started it holds the other end
            }
        }
    }
}
