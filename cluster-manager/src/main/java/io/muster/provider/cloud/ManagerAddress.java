package io.muster.provider.cloud;

import io.muster.spec.AddressChoice;
import io.muster.spec.CloudSpec;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where this manager's SSH connections come from, as the nodes see them. */
final class ManagerAddress {
    static final String VARIABLE = "MUSTER_SSH_FROM";

    private static final URI ECHO = URI.create("https://checkip.amazonaws.com/");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";

    private ManagerAddress() {}

    /**
     * Ranges of addresses for the rules of a network; empty when the connections come from inside of it. The user may
     * say them in {@value #VARIABLE}, separated by commas. Otherwise: to nodes with public addresses of a public cloud
     * the address under which this machine is seen in the internet; to those of a cloud with an endpoint of its own the
     * address from which this machine reaches that.
     *
     * @throws CloudFailure when it cannot be found out
     */
    static List<String> ranges(CloudSpec where, Optional<URI> endpoint, Optional<String> said)
            throws CloudFailure, InterruptedException {
        if (said.isPresent()) {
            return List.of(said.get().strip().split("[ ,]+"));
        }
        if (where.jump().isPresent() || where.address() == AddressChoice.PRIVATE) {
            return List.of();
        }
        return List.of((endpoint.isPresent() ? towards(endpoint.get()) : seenInTheInternet()) + "/32");
    }

    /** The address of this machine on its way there; nothing is sent. */
    private static String towards(URI endpoint) throws CloudFailure {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), 9));
            InetAddress local = socket.getLocalAddress();
            return local.getHostAddress();
        } catch (IOException e) {
            throw unknown(e);
        }
    }

    private static String seenInTheInternet() throws CloudFailure, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            String text = client.send(
                            HttpRequest.newBuilder(ECHO).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
            if (!text.matches(ADDRESS)) {
                throw unknown(new IOException(ECHO + " answered something else"));
            }
            return text;
        } catch (IOException e) {
            throw unknown(e);
        }
    }

    private static CloudFailure unknown(IOException cause) {
        return new CloudFailure(
                CloudFailure.Kind.PERMANENT,
                "it cannot be told from which address this machine will log in: " + cause + ". Set " + VARIABLE
                        + " to the range that SSH may come from, for example 192.0.2.7/32.",
                cause);
    }
}
