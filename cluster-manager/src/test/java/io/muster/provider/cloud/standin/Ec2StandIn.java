package io.muster.provider.cloud.standin;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.w3c.dom.Element;

/**
 * A small Amazon EC2: an API, a network, and machines that boot, answer, shut themselves down and are terminated.
 * Everything goes away when it is closed. It also runs as a program that prints its endpoint and subnet and goes when
 * its standard input ends.
 */
public final class Ec2StandIn implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 150;

    private final Moto moto;
    private final String network;
    private final String subnet;
    private final Map<String, String> containers = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Thread watching;
    private volatile boolean closed;

    private Ec2StandIn(Moto moto, String network, String subnet) {
        this.moto = moto;
        this.network = network;
        this.subnet = subnet;
        this.watching = Thread.ofPlatform().name("ec2-stand-in").start(this::watch);
    }

    /** Why this machine cannot run it; empty when it can. */
    public static String missing() {
        if (Moto.executable().isEmpty()) {
            return "no moto_server on PATH or in " + Moto.VARIABLE + ": pip install 'moto[server]==5.2.5'";
        }
        try {
            Command.run("docker", "image", "inspect", "muster-base:latest");
            return "";
        } catch (IllegalStateException e) {
            return "no Docker Engine with an image muster-base:latest: " + e.getMessage();
        }
    }

    /** Starts the API and the network. */
    public static Ec2StandIn start() throws IOException, InterruptedException {
        LabNetwork network = LabNetwork.create("ec2", 23);
        try {
            Moto moto = Moto.start();
            try {
                return new Ec2StandIn(moto, network.name(), subnet(moto, network.range()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                moto.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            network.remove();
            throw e;
        }
    }

    private static String subnet(Moto moto, String range) throws IOException, InterruptedException {
        String vpc = Xml.text(Xml.root(moto.call("CreateVpc", Map.of("CidrBlock", range))), "vpcId");
        return Xml.text(Xml.root(moto.call("CreateSubnet", Map.of("VpcId", vpc, "CidrBlock", range))), "subnetId");
    }

    /** Where the API answers. */
    public URI endpoint() {
        return moto.endpoint();
    }

    /** The subnet whose addresses are real. */
    public String subnet() {
        return subnet;
    }

    /** The region in which everything is. */
    public String region() {
        return Moto.REGION;
    }

    /** A call as the owner of the account makes it in the console. */
    public String call(String action, Map<String, String> parameters) throws IOException, InterruptedException {
        return moto.call(action, parameters);
    }

    /** The container that stands in for an instance, for those who want to hurt it. */
    public static String container(String instance) {
        return "muster-" + instance;
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (IOException | IllegalStateException e) {
                if (!closed) {
                    System.err.println("ec2 stand-in: " + e.getMessage());
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() throws IOException, InterruptedException {
        Set<String> running = new HashSet<>();
        for (Element instance : Xml.items(Xml.root(moto.call("DescribeInstances", Map.of())), "instancesSet")) {
            String id = Xml.text(instance, "instanceId");
            if (Xml.text(instance, "name").equals("running") && !broken.contains(id)) {
                running.add(id);
                if (!containers.containsKey(id)) {
                    boot(id, Xml.text(instance, "privateIpAddress"));
                } else if (!Container.runs(container(id))) {
                    shutDown(id);
                }
            }
        }
        for (String id : Set.copyOf(containers.keySet())) {
            if (!running.contains(id)) {
                Container.remove(container(id));
                containers.remove(id);
            }
        }
    }

    private void boot(String id, String address) throws IOException, InterruptedException {
        containers.put(id, address);
        try {
            String data = new String(Base64.getMimeDecoder().decode(attribute(id, "userData")), StandardCharsets.UTF_8);
            Container.start(container(id), network, address, "", UserDataReader.read(data));
        } catch (IllegalArgumentException | IllegalStateException e) {
            broken.add(id);
            throw new IOException("instance " + id + " does not boot: " + e.getMessage(), e);
        }
    }

    /** It ended itself, and what becomes of it then was said at its launch. */
    private void shutDown(String id) throws IOException, InterruptedException {
        boolean terminate = attribute(id, "instanceInitiatedShutdownBehavior").equals("terminate");
        moto.call(terminate ? "TerminateInstances" : "StopInstances", Map.of("InstanceId.1", id));
    }

    private String attribute(String id, String name) throws IOException, InterruptedException {
        Element root = Xml.root(moto.call("DescribeInstanceAttribute", Map.of("InstanceId", id, "Attribute", name)));
        return Xml.text(root, "value");
    }

    @Override
    public void close() {
        closed = true;
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        containers.keySet().forEach(id -> Container.remove(container(id)));
        Command.run("docker", "network", "rm", network);
        moto.close();
    }

    /** Runs until standard input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = System.out;
        try (Ec2StandIn cloud = start()) {
            out.println(cloud.endpoint() + " " + cloud.region() + " " + cloud.subnet());
            out.flush();
            while (System.in.read() >= 0) {
                // whoever started it holds the other end
            }
        }
    }
}
