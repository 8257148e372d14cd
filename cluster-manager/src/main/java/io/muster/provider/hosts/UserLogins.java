package io.muster.provider.hosts;

import io.muster.bootstrap.ssh.HostTrust;
import io.muster.bootstrap.ssh.HostTrust.Stranger;
import io.muster.bootstrap.ssh.SshLogin;
import io.muster.bootstrap.ssh.SshTarget;
import io.muster.spec.HostSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How the user would log in to a machine: what is not given comes from the user's {@code ssh_config} and {@code
 * known_hosts}, and then from what ssh does without them. Immutable.
 */
final class UserLogins {
    private static final String SCHEME = "ssh://";
    private static final int MAX_JUMPS = 8;
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
    private final SshClientConfig config;

    UserLogins(SshClientConfig config) {
        this.config = config;
    }

    /**
     * The way into a machine of a sizing file. Blocks on the disk.
     *
     * @param name what messages call it
     * @throws IOException when a configuration cannot be read, or wants what cannot be done; the message says what
     */
    SshLogin login(String name, HostSpec host) throws IOException {
        SshClientConfig.Settings settings = config.settings(host.address(), host.user());
        Optional<String> jumps = host.jump().or(() -> proxyJump(settings));
        boolean direct = jumps.isEmpty() || jumps.get().equalsIgnoreCase("none");
        Optional<String> command = settings.text("proxycommand").filter(text -> !text.equalsIgnoreCase("none"));
        if (direct && command.isPresent()) {
            throw new IOException(
                    name + " (" + host.address() + "): ssh_config reaches it with a ProxyCommand, which is"
                            + " not supported. Next step: name its jump host in the sizing file: jump: USER@HOST.");
        }
        Optional<SshLogin> jump = direct ? Optional.empty() : jump(jumps.get(), host.key(), 0);
        return login(name, host.address(), host.user(), host.port(), host.key(), settings, jump);
    }

    /** The way into a machine that one only goes through: {@code [USER@]HOST[:PORT]}, or several in their order. */
    SshLogin jump(String places) throws IOException {
        return jump(places, Optional.empty(), 0).orElseThrow(() -> new IOException("no jump host in '" + places + "'"));
    }

    private Optional<SshLogin> jump(String places, Optional<String> key, int depth) throws IOException {
        if (depth > MAX_JUMPS) {
            throw new IOException("jump host " + places + ": the jump hosts of ssh_config lead to each other");
        }
        Optional<SshLogin> way = Optional.empty();
        for (String place : places.split(",")) {
            HostSpec one = parsed(place.strip());
            SshClientConfig.Settings settings = config.settings(one.address(), one.user());
            Optional<String> before = proxyJump(settings).filter(text -> !text.equalsIgnoreCase("none"));
            if (way.isEmpty() && before.isPresent()) {
                way = jump(before.get(), key, depth + 1);
            }
            SshLogin login =
                    login(SshTarget.JUMP_HOST, one.address(), one.user(), one.port(), Optional.empty(), settings, way);
            List<Path> own = login.identities();
            // The key of the machine behind it is the likeliest, where the file gives one.
            way = Optional.of(login.withIdentities(
                    Stream.concat(key.map(config::path).stream(), own.stream()).toList()));
        }
        return way;
    }

    /** A list may have blanks after its commas, which come as several words. */
    private static Optional<String> proxyJump(SshClientConfig.Settings settings) {
        List<String> words = settings.all("proxyjump");
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join("", words));
    }

    private static HostSpec parsed(String place) throws IOException {
        try {
            return HostSpec.parse(place.startsWith(SCHEME) ? place.substring(SCHEME.length()) : place);
        } catch (IllegalArgumentException e) {
            throw new IOException("jump host '" + place + "': " + e.getMessage(), e);
        }
    }

    private SshLogin login(
            String name,
            String host,
            Optional<String> givenUser,
            OptionalInt givenPort,
            Optional<String> givenKey,
            SshClientConfig.Settings settings,
            Optional<SshLogin> jump)
            throws IOException {
        String user = givenUser.or(() -> settings.text("user")).orElse(config.user());
        int port = givenPort.isPresent() ? givenPort.getAsInt() : port(name, settings);
        String address = settings.text("hostname")
                .map(text -> text.replace("%h", host).replace("%%", "%"))
                .orElse(host);
        return new SshLogin(
                name,
                address,
                port,
                user,
                identities(givenKey, settings, address, host, user, port),
                trust(address, port, settings),
                jump);
    }

    private static int port(String name, SshClientConfig.Settings settings) throws IOException {
        String text = settings.text("port").orElse(Integer.toString(HostSpec.SSH_PORT));
        if (!text.matches("\\d{1,5}")) {
            throw new IOException(name + ": Port " + text + " of ssh_config is no number");
        }
        return Integer.parseInt(text);
    }

    private List<Path> identities(
            Optional<String> given,
            SshClientConfig.Settings settings,
            String address,
            String host,
            String user,
            int port) {
        if (given.isPresent()) {
            return List.of(config.path(given.get()));
        }
        List<Path> named = settings.all("identityfile").stream()
                .filter(text -> !text.equalsIgnoreCase("none"))
                .map(text -> text.replace("%d", config.home().toString())
                        .replace("%h", address)
                        .replace("%n", host)
                        .replace("%r", user)
                        .replace("%p", Integer.toString(port))
                        .replace("%u", config.user())
                        .replace("%%", "%"))
                .map(config::path)
                .toList();
        return named.isEmpty()
                ? USUAL_KEYS.stream()
                        .map(key -> config.home().resolve(".ssh").resolve(key))
                        .toList()
                : named;
    }

    private HostTrust trust(String address, int port, SshClientConfig.Settings settings) {
        List<Path> files = new ArrayList<>();
        known(settings, "userknownhostsfile", List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2"), files);
        known(
                settings,
                "globalknownhostsfile",
                List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"),
                files);
        String lower = address.toLowerCase(Locale.ROOT);
        String name =
                settings.text("hostkeyalias").orElse(port == HostSpec.SSH_PORT ? lower : "[" + lower + "]:" + port);
        boolean strict = settings.text("stricthostkeychecking").orElse("ask").matches("(?i)yes|true|on");
        return new HostTrust.Known(name, files, strict ? Stranger.REFUSED : Stranger.TRUSTED_ONCE);
    }

    private void known(SshClientConfig.Settings settings, String option, List<String> usual, List<Path> files) {
        List<String> named = settings.all(option);
        (named.isEmpty() ? usual : named)
                .stream()
                        .filter(text -> !text.equalsIgnoreCase("none"))
                        .map(config::path)
                        .forEach(files::add);
    }
}
