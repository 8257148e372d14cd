package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import io.muster.provider.ProviderException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The engine that {@code DOCKER_HOST}, {@code DOCKER_TLS_VERIFY} and {@code DOCKER_CERT_PATH} name, or the one behind
 * {@code /var/run/docker.sock}. Connects when it is first asked for; what went wrong then is tried again next time.
 * Thread-safe.
 */
final class DockerEngine {
    /** The newest version of the API that this package was written for. */
    private static final RemoteApiVersion OURS = RemoteApiVersion.VERSION_1_44;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** An image that is built says nothing for as long as a package manager downloads. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

    private static final int CONNECTIONS = 64;

    private @Nullable Connection connection;

    /** The client and what the engine said of itself. */
    record Connection(DockerClient client, DockerHttpClient http, RemoteApiVersion version, URI host, int cores) {
        /** Whether the engine's loopback is this machine's. */
        boolean local() {
            return host.getScheme().equals("unix");
        }

        /** The address at which published ports of the engine are reached from here. */
        String address() {
            return local() ? "127.0.0.1" : host.getHost();
        }
    }

    /** Whether there is a socket, or an engine elsewhere is named. */
    static boolean isSetUp() {
        URI host =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build().getDockerHost();
        return !host.getScheme().equals("unix") || Files.exists(Path.of(host.getPath()));
    }

    /** Connects, or gives the connection that there is. Blocks. */
    synchronized Connection connect() throws ProviderException {
        if (connection == null) {
            connection = open();
        }
        return connection;
    }

    /**
     * Asks the engine something.
     *
     * @throws ProviderException when it does not answer, or refuses
     */
    <T> T ask(Question<T> question) throws ProviderException {
        Connection asked = connect();
        try {
            return question.ask(asked);
        } catch (DockerException | DockerClientException e) {
            throw new ProviderException("the Docker Engine at " + asked.host() + " refuses: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // The transport wraps what the socket says in whatever it has at hand.
            throw new ProviderException(unreachable(asked.host(), e), e);
        }
    }

    /** Something that takes the engine's client. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection engine) throws ProviderException;
    }

    private static Connection open() throws ProviderException {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        URI host = config.getDockerHost();
        try {
            RemoteApiVersion version;
            try (DockerClient unversioned = DockerClientImpl.getInstance(config, http(config))) {
                version = negotiated(unversioned.versionCmd().exec());
            }
            DockerHttpClient http = http(config);
            DockerClient client = DockerClientImpl.getInstance(
                    DefaultDockerClientConfig.createDefaultConfigBuilder()
                            .withApiVersion(version)
                            .build(),
                    http);
            Info info = client.infoCmd().exec();
            return new Connection(client, http, version, host, info.getNCPU() == null ? 1 : info.getNCPU());
        } catch (IOException | RuntimeException e) {
            throw new ProviderException(unreachable(host, e), e);
        }
    }

    private static DockerHttpClient http(DockerClientConfig config) {
        return new ApacheDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .responseTimeout(ANSWER_TIMEOUT)
                .build();
    }

    /** Our version, or the nearest that the engine speaks. */
    private static RemoteApiVersion negotiated(Version engine) {
        RemoteApiVersion newest = RemoteApiVersion.parseConfig(engine.getApiVersion());
        if (!newest.isGreaterOrEqual(OURS)) {
            return newest;
        }
        String oldest = engine.getMinAPIVersion();
        return oldest != null && RemoteApiVersion.parseConfig(oldest).isGreater(OURS)
                ? RemoteApiVersion.parseConfig(oldest)
                : OURS;
    }

    private static String unreachable(URI host, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "the Docker Engine at " + host + " does not answer: " + root.getMessage()
                + ". Start it (sudo systemctl start docker), let this user use it (group docker), or set DOCKER_HOST.";
    }
}
