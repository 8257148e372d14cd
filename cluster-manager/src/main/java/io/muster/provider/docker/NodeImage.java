package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import io.muster.provider.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The image of nodes: a base with an SSH server on top, built by the engine once for each base and each version of our
 * Dockerfile. Its tag is the hash of both.
 */
final class NodeImage {
    /** The base that {@code muster image import} makes; it comes before the one from a registry. */
    static final String IMPORTED_BASE = "muster-base:latest";

    static final String REPOSITORY = "muster-node";

    private static final String DEFAULT_BASE = "debian:12-slim";
    private static final Map<String, String> ALIASES = Map.of(
            "debian-12", DEFAULT_BASE,
            "debian-13", "debian:13-slim",
            "ubuntu-24.04", "ubuntu:24.04",
            "rocky-9", "rockylinux:9");
    private static final String[] FILES = {"Dockerfile", "install-sshd.sh", "node-init.sh", "sshd_config"};
    private static final int TAG_CHARACTERS = 20;

    private NodeImage() {}

    /**
     * The id of the image for nodes; blocks while it is pulled and built, once.
     *
     * @param wanted what the sizing file names: an alias or an image of the engine or a registry; empty for ours
     */
    static String ensure(DockerClient client, Optional<String> wanted) throws ProviderException {
        String base = base(client, wanted);
        Map<String, byte[]> context = context();
        String tag = REPOSITORY + ":" + hash(base, context);
        Optional<String> built = idOf(client, tag);
        return built.isPresent() ? built.get() : build(client, base, wanted.orElse(DEFAULT_BASE), tag, context);
    }

    /** The id of the base, pulled when the engine does not have it. */
    private static String base(DockerClient client, Optional<String> wanted) throws ProviderException {
        if (wanted.isEmpty()) {
            Optional<String> imported = idOf(client, IMPORTED_BASE);
            if (imported.isPresent()) {
                return imported.get();
            }
        }
        String name = wanted.map(word -> ALIASES.getOrDefault(word, word)).orElse(DEFAULT_BASE);
        Optional<String> there = idOf(client, name);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            client.pullImageCmd(name).exec(new PullImageResultCallback()).awaitCompletion();
            return idOf(client, name).orElseThrow(() -> new DockerClientException("it did not come"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("interrupted while image " + name + " is pulled", e);
        } catch (DockerException | DockerClientException e) {
            throw new ProviderException(
                    "image " + name + " is not on the Docker Engine and cannot be pulled: " + e.getMessage()
                            + ". Where no registry can be reached, make a base image from a root file system with"
                            + " muster image import ROOTFS.tar, or name an image that is there: image: NAME.",
                    e);
        }
    }

    static Optional<String> idOf(DockerClient client, String name) {
        try {
            return Optional.ofNullable(client.inspectImageCmd(name).exec().getId());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static String build(DockerClient client, String base, String named, String tag, Map<String, byte[]> context)
            throws ProviderException {
        try {
            return client.buildImageCmd()
                    .withTarInputStream(new ByteArrayInputStream(TarBytes.of(context, TarBytes.READABLE)))
                    .withBuildArg("BASE", base)
                    .withTags(Set.of(tag))
                    .withLabels(Map.of("muster-base", named))
                    .withForcerm(true)
                    .exec(new BuildImageResultCallback())
                    .awaitImageId();
        } catch (DockerException | DockerClientException e) {
            throw new ProviderException(
                    "the image for nodes cannot be built on " + named + ": " + e.getMessage()
                            + ". Take a base with an SSH server, or one whose package manager can reach its mirror.",
                    e);
        }
    }

    /**
     * Imports a root file system as an image; blocks until the engine has all of it. It goes over the client's
     * transport: the client itself (3.7.1) sends a stream's JSON form in place of its bytes.
     *
     * @param image name and tag, for bases of nodes {@link #IMPORTED_BASE}
     */
    static void importBase(DockerEngine.Connection engine, String image, InputStream rootFileSystem)
            throws ProviderException {
        DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path("/" + engine.version().asWebPathPart() + "/images/create?fromSrc=-&repo=" + image)
                .putHeader("Content-Type", "application/x-tar")
                .body(rootFileSystem)
                .build();
        try (DockerHttpClient.Response response = engine.http().execute(request)) {
            String said = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8).strip();
            // A failure in the middle of the import comes as a line of an answer that began well.
            if (response.getStatusCode() != HttpURLConnection.HTTP_OK || said.contains("\"error\"")) {
                throw new ProviderException(
                        "the Docker Engine does not take it as an image: " + said
                                + ". It must be a tar archive of a whole system, plain or compressed.",
                        new IOException(said));
            }
        } catch (IOException e) {
            throw new ProviderException("the answer of the Docker Engine broke off: " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> context() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String file : FILES) {
            try (InputStream in = NodeImage.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("this installation misses " + file);
                }
                files.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + file + " of this installation", e);
            }
        }
        return files;
    }

    private static String hash(String base, Map<String, byte[]> context) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(base.getBytes(StandardCharsets.UTF_8));
            context.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest()).substring(0, TAG_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
