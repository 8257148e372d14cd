package io.muster.provider.cloud.standin;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small Azure: login, resource manager, a network of somebody in the subscription, and machines in it that boot, obey
 * their custom data, shut down and are removed. Everything goes away when it is closed. It also runs as a program that
 * prints its endpoint, region and subnet and goes when its standard input ends.
 */
public final class AzureStandIn implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 80;
    private static final String REGION = "westeurope";
    /** A group that is none of Muster's. */
    private static final String LAB = "people";

    private final ArmStore store = new ArmStore();
    private final Map<String, String> containers = new HashMap<>();
    private final Set<String> soldOut = ConcurrentHashMap.newKeySet();
    private final String prefix;
    private final String network;
    private final ApiServer server;
    private final Thread watching;
    private int publicAddresses;
    private volatile boolean closed;

    private AzureStandIn(String prefix, String network) throws IOException {
        this.prefix = prefix;
        this.network = network;
        this.server = new ApiServer(new ArmApi(new ArmPaths(store, new Numbers())));
        JsonMapper json = new JsonMapper();
        String group = "/subscriptions/" + ArmPaths.SUBSCRIPTION + "/resourceGroups/" + LAB;
        synchronized (store) {
            store.putGroup(new ArmResource(group, "Microsoft.Resources/resourceGroups", LAB, LAB, (ObjectNode)
                    json.readTree("{\"location\": \"westeurope\", \"tags\": {}}")));
            store.put(new ArmResource(
                    group + "/providers/" + ArmRules.NETWORK + "/lab", ArmRules.NETWORK, LAB, "lab", (ObjectNode)
                            json.readTree("{\"location\": \"westeurope\", \"properties\": {\"subnets\":"
                                    + " [{\"name\": \"nodes\", \"properties\": {}}]}}")));
        }
        this.watching = Thread.ofPlatform().name("azure-stand-in").start(this::watch);
    }

    /** Starts the API and the network. */
    public static AzureStandIn start() throws IOException {
        LabNetwork network = LabNetwork.create("azure", 25);
        try {
            return new AzureStandIn(network.prefix(), network.name());
        } catch (IOException | RuntimeException e) {
            network.remove();
            throw e;
        }
    }

    /** Where the API answers, and the login service too. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The subnet whose addresses are real. */
    public String subnet() {
        return LAB + "/lab/nodes";
    }

    /** The region in which everything is. */
    public String region() {
        return REGION;
    }

    /** The variables of somebody who may use it. */
    public Map<String, String> environment() {
        return Map.of(
                "AZURE_TENANT_ID",
                ArmApi.TENANT,
                "AZURE_CLIENT_ID",
                ArmApi.CLIENT,
                "AZURE_CLIENT_SECRET",
                ArmApi.SECRET,
                "AZURE_SUBSCRIPTION_ID",
                ArmPaths.SUBSCRIPTION,
                "AZURE_AUTHORITY_HOST",
                endpoint().toString(),
                "AZURE_RESOURCE_MANAGER_ENDPOINT",
                endpoint().toString(),
                "AZURE_DEFAULTS_LOCATION",
                REGION);
    }

    /** What happens to calls from now on. */
    public void play(CallFault.Script script) {
        server.play(script);
    }

    /** The calls since the script began, as {@code METHOD path}. */
    public List<String> calls() {
        return server.calls();
    }

    /** What was refused because it was asked wrongly: unknown paths, versions, properties, references. */
    public List<String> avoidable() {
        return server.avoidable();
    }

    /** Sizes for which a machine is accepted and then finds no room. */
    public void sellOut(Set<String> sizes) {
        soldOut.clear();
        soldOut.addAll(sizes);
    }

    /** The resources of a type outside of other people's group, as the owner of the subscription sees them. */
    public List<JsonNode> resources(String type) {
        synchronized (store) {
            store.advance();
            return store.all().stream()
                    .filter(one -> !one.group.equals(LAB) && (type.isEmpty() || one.is(type)))
                    .map(one -> (JsonNode) one.shown())
                    .toList();
        }
    }

    /** Stops a machine, as its owner does in the portal. */
    public void deallocate(String name) {
        synchronized (store) {
            machine(name).power = "deallocated";
        }
    }

    private ArmResource machine(String name) {
        return store.all().stream()
                .filter(one -> one.is(ArmRules.MACHINE) && one.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private final class Numbers implements ArmPaths.Addresses {
        @Override
        public String privateOne(JsonNode subnet) {
            String start = isReal(subnet.path("id").asString("")) ? prefix : "10.77.0.";
            Set<String> taken = ConcurrentHashMap.newKeySet();
            store.all().stream().filter(one -> one.is(ArmRules.CARD)).forEach(one -> taken.add(address(one)));
            // Azure keeps the first ones of a subnet.
            for (int last = 4; last < 250; last++) {
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

    private static boolean isReal(String subnet) {
        return subnet.contains("/resourceGroups/" + LAB + "/");
    }

    private static String address(ArmResource card) {
        return configuration(card).path("privateIPAddress").asString("");
    }

    private static JsonNode configuration(ArmResource card) {
        return card.properties().path("ipConfigurations").path(0).path("properties");
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (IllegalStateException e) {
                if (!closed) {
                    System.err.println("azure stand-in: " + e.getMessage());
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        List<ArmResource> machines;
        synchronized (store) {
            store.advance();
            machines =
                    store.all().stream().filter(one -> one.is(ArmRules.MACHINE)).toList();
        }
        for (ArmResource machine : machines) {
            boolean up = containers.containsKey(machine.id);
            switch (machine.state) {
                case "Creating" -> boot(machine);
                case "Deleting" -> end(machine);
                default -> {
                    if (up && (!machine.power.equals("running") || !Container.runs(container(machine.name)))) {
                        Container.remove(container(machine.name));
                        containers.remove(machine.id);
                        synchronized (store) {
                            // It shut itself down: Azure keeps it, and its owner pays.
                            machine.power = machine.power.equals("running") ? "stopped" : machine.power;
                        }
                    }
                }
            }
        }
    }

    /** The container that stands in for a machine, for those who want to hurt it. */
    public static String container(String machine) {
        return "muster-" + machine;
    }

    private void boot(ArmResource machine) {
        String size =
                machine.properties().path("hardwareProfile").path("vmSize").asString("");
        if (soldOut.contains(size)) {
            finish(machine, "Failed", "", "AllocationFailed");
            return;
        }
        ArmResource card;
        synchronized (store) {
            card = store.find(machine.properties()
                            .path("networkProfile")
                            .path("networkInterfaces")
                            .path(0)
                            .path("id")
                            .asString(""))
                    .orElseThrow();
        }
        if (isReal(configuration(card).path("subnet").path("id").asString(""))) {
            JsonNode system = machine.properties().path("osProfile");
            String data = new String(
                    Base64.getDecoder().decode(system.path("customData").asString("")), StandardCharsets.UTF_8);
            containers.put(machine.id, machine.name);
            try {
                Container.start(
                        container(machine.name),
                        network,
                        address(card),
                        system.path("computerName").asString(""),
                        UserDataReader.read(data));
            } catch (IllegalArgumentException | IllegalStateException e) {
                System.err.println("azure stand-in: " + machine.name + " does not boot: " + e.getMessage());
                finish(machine, "Failed", "stopped", "OSProvisioningTimedOut");
                return;
            }
        }
        finish(machine, "Succeeded", "running", "");
    }

    private void finish(ArmResource machine, String state, String power, String failure) {
        synchronized (store) {
            machine.power = power;
            machine.failure = failure;
            if (machine.state.equals("Creating")) {
                machine.state = state;
            }
        }
    }

    private void end(ArmResource machine) {
        if (containers.remove(machine.id) != null) {
            Container.remove(container(machine.name));
        }
        synchronized (store) {
            store.ended(machine);
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
        containers.values().forEach(name -> Container.remove(container(name)));
        server.close();
        Command.run("docker", "network", "rm", network);
    }

    /** Runs until standard input ends. */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        try (AzureStandIn cloud = start()) {
            out.println(cloud.endpoint() + " " + cloud.region() + " " + cloud.subnet());
            cloud.environment().forEach((name, value) -> out.println(name + "=" + value));
            out.flush();
            while (System.in.read() >= 0) {
                // whoever started it holds the other end
            }
        }
    }
}
