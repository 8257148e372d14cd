package io.muster.provider.hosts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address under which the other nodes reach a machine. It must be one of its own, since its agent listens there:
 * the one of the sizing file, else the one that its name means on the machine itself or here, else the one that our
 * connection came in at, else the first that it has. Addresses of the machine alone (loopback) never count while there
 * is another.
 */
final class PrivateAddress {
    private PrivateAddress() {}

    /**
     * Chooses.
     *
     * @param host host name or address that the manager or the jump host connects to
     * @param marker what the machine said: {@code own}, {@code named} and {@code server} addresses
     */
    static Optional<String> choose(String host, HostMarker marker) {
        List<String> own =
                marker.all("own").stream().filter(PrivateAddress::usable).toList();
        List<String> wishes = new ArrayList<>();
        wishes.add(host);
        wishes.addAll(marker.all("named"));
        wishes.addAll(resolvedHere(host));
        wishes.addAll(marker.all("server"));
        return wishes.stream()
                .filter(own::contains)
                .findFirst()
                .or(() -> own.stream().filter(address -> !address.contains(":")).findFirst())
                .or(() -> own.stream().findFirst())
                // A machine without a network can still be a cluster of one.
                .or(() -> marker.all("server").stream().findFirst());
    }

    private static boolean usable(String address) {
        return !address.startsWith("127.") && !address.equals("::1") && !address.startsWith("fe80:");
    }

    private static List<String> resolvedHere(String host) {
        try {
            List<String> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                addresses.add(address.getHostAddress());
            }
            return addresses;
        } catch (UnknownHostException e) {
            // Behind a jump host this machine need not know the name.
            return List.of();
        }
    }
}
