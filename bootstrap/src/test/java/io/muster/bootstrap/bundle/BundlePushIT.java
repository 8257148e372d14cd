package io.muster.bootstrap.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.muster.bootstrap.TestNode;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.ssh.SshSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BundlePushIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

    @TempDir
    Path temp;

    private final AtomicLong sent = new AtomicLong();
    private ClusterKeys keys;
    private TestNode node;
    private Bundle bundle;

    @BeforeEach
    void start() throws Exception {
        keys = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        node = TestNode.start("heat-1", temp, keys);
        Path image = temp.resolve("my image");
        Files.createDirectories(image.resolve("bin"));
        Files.createDirectories(image.resolve("lib/empty folder"));
        Files.copy(
                Path.of(System.getProperty("java.home"), "bin/java"),
                image.resolve("bin/java"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(image.resolve("lib/nothing in it"));
        Files.createSymbolicLink(image.resolve("lib/a link"), Path.of("../bin/java"));
        Files.write(image.resolve("lib/modules"), random(3 * 65536 + 17));
        Files.write(image.resolve("lib/just whole blocks"), random(2 * 65536));
        Files.write(temp.resolve("some.jar"), random(1000));
        Files.setLastModifiedTime(image.resolve("lib/modules"), FileTime.from(Instant.parse("2020-02-29T23:59:58Z")));
        bundle = Bundle.of(image, List.of(temp.resolve("some.jar")));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void everything_arrives_once() throws Exception {
        assertThat(push()).isEqualTo(new PushResult.Sent(bundle.sizeBytes(), bundle.sizeBytes()));
        assertThat(sent).hasValue(bundle.sizeBytes());
        assertComplete();
        sent.set(0);
        assertThat(push()).isEqualTo(new PushResult.AlreadyThere());
        assertThat(sent).hasValue(0);
    }

    @Test
    void a_node_on_this_machine_takes_the_files_from_where_they_lie() throws Exception {
        assertThat(push(BundlePush.Transfer.SHARED)).isEqualTo(new PushResult.Shared(bundle.sizeBytes()));
        assertThat(sent).hasValue(0);
        assertComplete();
        Path modules = folder().resolve("runtime/lib/modules");
        assertThat(Files.getAttribute(modules, "unix:ino"))
                .as("one file on the disk")
                .isEqualTo(Files.getAttribute(temp.resolve("my image/lib/modules"), "unix:ino"));
        assertThat(push(BundlePush.Transfer.SHARED)).isEqualTo(new PushResult.AlreadyThere());
    }

    @Test
    void files_that_cannot_be_taken_are_sent() throws Exception {
        Path tools = Files.createDirectories(temp.resolve("tools"));
        Files.writeString(tools.resolve("cp"), "#!/bin/sh\nmkdir -p \"$3\"\nexit 1\n");
        assertThat(tools.resolve("cp").toFile().setExecutable(true)).isTrue();
        node.close();
        node = TestNode.start("heat-1", temp, keys, tools + ":/usr/bin:/bin");
        assertThat(push(BundlePush.Transfer.SHARED))
                .isEqualTo(new PushResult.Sent(bundle.sizeBytes(), bundle.sizeBytes()));
        assertComplete();
    }

    @Test
    void a_bundle_that_the_image_of_the_node_has_is_used() throws Exception {
        Path image = Path.of("/opt/muster/bundles", bundle.hash());
        assumeThat(Files.isWritable(Path.of("/opt")))
                .as("only root can write /opt")
                .isTrue();
        push();
        Files.createDirectories(image.getParent());
        Files.move(folder(), image);
        try {
            assertThat(push()).isEqualTo(new PushResult.AlreadyThere());
            assertComplete();
        } finally {
            TestNode.remove(image);
            Files.deleteIfExists(image.getParent());
        }
    }

    @Test
    void a_node_with_busybox_alone_is_enough() throws Exception {
        assumeThat(BUSYBOX).as("busybox on this machine").exists();
        Path tools = Files.createDirectories(temp.resolve("tools"));
        new ProcessBuilder(BUSYBOX.toString(), "--install", "-s", tools.toString())
                .start()
                .waitFor();
        node.close();
        node = TestNode.start("heat-1", temp, keys, tools.toString());
        assertThat(push()).isEqualTo(new PushResult.Sent(bundle.sizeBytes(), bundle.sizeBytes()));
        assertComplete();
        assertThat(push()).isEqualTo(new PushResult.AlreadyThere());
    }

    @Test
    void a_damaged_copy_is_replaced() throws Exception {
        push();
        Files.write(folder().resolve("runtime/lib/modules"), new byte[5]);
        assertThat(push()).isEqualTo(new PushResult.Sent(bundle.sizeBytes(), bundle.sizeBytes()));
        Files.delete(folder().resolve("lib/some.jar"));
        assertThat(push()).isEqualTo(new PushResult.Sent(bundle.sizeBytes(), bundle.sizeBytes()));
        assertComplete();
    }

    @Test
    void what_a_dead_attempt_left_is_removed() throws Exception {
        Path left = Files.createDirectories(node.home().resolve(".muster/node/bundles/0123.partial-abc/lib"));
        Files.writeString(left.resolve("half"), "half");
        push();
        assertThat(left.getParent()).doesNotExist();
        assertComplete();
    }

    @Test
    void a_full_disk_is_told_and_nothing_is_left() throws Exception {
        Path small = Files.createDirectories(temp.resolve("heat-2/.muster"));
        try (TestNode full = TestNode.start("heat-2", temp, keys);
                SmallDisk disk = SmallDisk.mount(small, "1m");
                SshSession session = SshSession.open(full.target(), SOON)) {
            PushResult result = BundlePush.push(session, bundle, BundlePush.Transfer.PLAIN, SOON, sent::set);
            assertThat(result).isInstanceOfSatisfying(PushResult.NoRoom.class, none -> {
                assertThat(none.freeBytes()).isPositive().isLessThanOrEqualTo(1 << 20);
                assertThat(none.neededBytes()).isGreaterThan(bundle.sizeBytes());
            });
            assertThat(sent).hasValue(0);
            assertThat(disk.folder().resolve("node/bundles")).isEmptyDirectory();
        }
    }

    @Test
    void a_disk_that_fills_up_meanwhile_is_told_too() throws Exception {
        Path small = Files.createDirectories(temp.resolve("heat-2/.muster"));
        try (TestNode full = TestNode.start("heat-2", temp, keys);
                SmallDisk disk = SmallDisk.mount(small, "6m");
                SshSession session = SshSession.open(full.target(), SOON)) {
            PushResult result = BundlePush.push(
                    session, bundle, BundlePush.Transfer.PLAIN, SOON, done -> fill(small.resolve("other")));
            assertThat(result).isInstanceOf(PushResult.NoRoom.class);
            assertThat(disk.folder().resolve("node/bundles")).isEmptyDirectory();
        }
    }

    @Test
    void the_hash_is_of_paths_modes_and_contents_and_is_remembered() throws Exception {
        Path image = temp.resolve("my image");
        assertThat(temp.resolve(".my image.bundle")).content().contains(bundle.hash());
        Bundle again = Bundle.of(image, List.of(temp.resolve("some.jar")));
        assertThat(again.hash()).isEqualTo(bundle.hash());
        Files.write(temp.resolve("some.jar"), random(999));
        Bundle other = Bundle.of(image, List.of(temp.resolve("some.jar")));
        assertThat(other.hash()).isNotEqualTo(bundle.hash());
    }

    private PushResult push() throws Exception {
        return push(BundlePush.Transfer.PLAIN);
    }

    private PushResult push(BundlePush.Transfer transfer) throws Exception {
        try (SshSession session = SshSession.open(node.target(), SOON)) {
            return BundlePush.push(session, bundle, transfer, SOON, sent::set);
        }
    }

    private Path folder() {
        return node.home().resolve(bundle.homePath());
    }

    private void assertComplete() throws IOException {
        assertThat(tree(folder().resolve("runtime"))).isEqualTo(tree(temp.resolve("my image")));
        assertThat(folder().resolve("lib/some.jar")).hasSameBinaryContentAs(temp.resolve("some.jar"));
        assertThat(Files.getLastModifiedTime(folder().resolve("runtime/lib/modules"))
                        .toInstant())
                .isEqualTo(Instant.parse("2020-02-29T23:59:58Z"));
        try (Stream<Path> bundles = Files.list(folder().getParent())) {
            assertThat(bundles).hasSize(1);
        }
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    tree.put(name, "link " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    tree.put(name, Files.isExecutable(path) + " " + Arrays.hashCode(Files.readAllBytes(path)));
                } else {
                    tree.put(name, "folder");
                }
            }
        }
        return tree;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void fill(Path file) {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.write(file, new byte[8 << 20]);
        } catch (IOException full) {
            assertThat(file).isNotEmptyFile();
        }
    }

    /** A disk in memory, which only root can have. */
    private record SmallDisk(Path folder) implements AutoCloseable {
        static SmallDisk mount(Path folder, String size) throws Exception {
            Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString())
                    .start();
            boolean mounted = mount.waitFor(10, TimeUnit.SECONDS) && mount.exitValue() == 0;
            assumeThat(mounted).as("mounting a small disk needs root").isTrue();
            return new SmallDisk(folder);
        }

        @Override
        public void close() throws IOException {
            new ProcessBuilder("umount", "-l", folder.toString())
                    .start()
                    .onExit()
                    .join();
        }
    }
}
