package io.muster.bootstrap.many;

import io.muster.bootstrap.BootstrapPlan;
import io.muster.bootstrap.BootstrapPlan.Delivery;
import io.muster.bootstrap.Bootstrapper;
import io.muster.bootstrap.NodeReport;
import io.muster.bootstrap.NodeTarget;
import io.muster.bootstrap.Step;
import io.muster.bootstrap.StepListener;
import io.muster.bootstrap.StepOutcome;
import io.muster.bootstrap.TestNode;
import io.muster.bootstrap.bundle.Bundle;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.ssh.SshTarget;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Measures what a bootstrap of many nodes costs the manager, which is this process; the nodes are {@link ManyServers}
 * in another. Everything is real but three things: the nodes share one machine, the bundle is small (a thousand real
 * ones do not fit on a disk), and the agents are threads instead of processes. Run it by {@code many-nodes.sh}.
 */
public final class ManyNodes {
    private static final double MIB = 1 << 20;

    private ManyNodes() {}

    /** {@code COUNT DELIVERY PAYLOAD_MIB}. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Delivery delivery = Delivery.valueOf(arguments[1]);
        Path temp = Files.createTempDirectory("many-nodes-");
        try {
            ClusterKeys keys = ClusterKeys.loadOrCreate(temp.resolve("keys"));
            Bundle bundle = smallBundle(temp, Integer.parseInt(arguments[2]));
            Process servers = servers(count, temp);
            try {
                List<NodeTarget> nodes = targets(servers, keys, count);
                measure(BootstrapPlan.of("many", nodes, bundle, keys).with(delivery));
            } finally {
                servers.getOutputStream().close();
                servers.waitFor();
            }
        } finally {
            TestNode.remove(temp);
        }
    }

    private static void measure(BootstrapPlan plan) throws Exception {
        Map<Step, Long> lastMs = new EnumMap<>(Step.class);
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        long cpuBefore = cpuNanos();
        long start = System.nanoTime();
        StepListener ends = (node, step, outcome) -> {
            synchronized (lastMs) {
                lastMs.merge(step, (System.nanoTime() - start) / 1_000_000, Math::max);
            }
        };
        List<NodeReport> reports = new Bootstrapper().run(plan, ends);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpuBefore) / 1e9;
        List<NodeReport> failed =
                reports.stream().filter(report -> !report.succeeded()).toList();
        failed.stream().limit(5).forEach(report -> say("  failed: %s", report.failure()));
        say(
                "%d nodes, %s: %.1f s, manager's processor %.1f s, peak heap %.0f MiB, peak memory %.0f MiB,"
                        + " peak threads %d, failed %d",
                reports.size(),
                plan.delivery(),
                seconds,
                cpuSeconds,
                peakHeap() / MIB,
                peakMemory() / MIB,
                ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                failed.size());
        say("  last node's step ended after ms: %s", lastMs);
        say("  bundle: %s", ways(reports));
    }

    private static String ways(List<NodeReport> reports) {
        return reports.stream()
                .map(report ->
                        report.steps().get(Step.PUSH) instanceof StepOutcome.Done done ? done.seen() : "not sent")
                .map(seen -> seen.replaceAll(" from .*", " from another node"))
                .collect(Collectors.groupingBy(seen -> seen, Collectors.counting()))
                .toString();
    }

    private static double peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static double peakMemory() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Process servers(int count, Path temp) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyServers.class.getName(),
                        Integer.toString(count),
                        temp.resolve("keys").toString(),
                        temp.resolve("homes").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<NodeTarget> targets(Process servers, ClusterKeys keys, int count) throws Exception {
        List<NodeTarget> nodes = new ArrayList<>();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(servers.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
            if (line == null) {
                throw new IllegalStateException("the servers ended after " + nodes.size() + " of " + count);
            }
            String[] words = line.split(" ");
            SshTarget ssh = new SshTarget(
                    words[0],
                    "127.0.0.1",
                    Integer.parseInt(words[1]),
                    "muster",
                    keys.hostKey(words[0]).publicLine(),
                    keys.ssh().privateKeyFile());
            nodes.add(new NodeTarget(ssh, 1, "127.0.0.1", nodes.size()));
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(System.out::println));
        return nodes;
    }

    /** Its Java starts no agent, but says where the one of the node listens; the bundle server it starts for real. */
    private static Bundle smallBundle(Path temp, int payloadMib) throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        Path image = temp.resolve("image");
        Files.createDirectories(image.resolve("bin"));
        Files.createDirectories(image.resolve("lib"));
        Files.copy(
                home.resolve("lib/jspawnhelper"),
                image.resolve("lib/jspawnhelper"),
                StandardCopyOption.COPY_ATTRIBUTES);
        byte[] payload = new byte[payloadMib << 20];
        new Random(1).nextBytes(payload);
        Files.write(image.resolve("lib/payload"), payload);
        Path java = image.resolve("bin/java");
        Files.writeString(java, """
                #!/bin/sh
                case "$*" in
                    *BundleServer*) while [ "$1" != -cp ]; do shift; done
                        shift 2
                        exec %s/bin/java -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' "$@" ;;
                esac
                cp %s .muster/node/agent/port
                exec sleep 5
                """.formatted(home, System.getProperty("java.class.path"), ManyServers.PORT_FILE));
        if (!java.toFile().setExecutable(true)) {
            throw new IllegalStateException(java + " cannot be made executable");
        }
        return Bundle.of(image, List.of());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
