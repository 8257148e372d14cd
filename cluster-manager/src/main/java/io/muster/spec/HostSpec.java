package io.muster.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine that exists, and how to log in to it. What is not given comes from the user's ssh_config.
 *
 * @param address host name, alias of the ssh_config, or IP address
 * @param user who logs in
 * @param port port of its SSH server, 1 to 65535
 * @param key path of the private key
 * @param jump the host to go through, {@code user@address:port}
 * @param slots ranks that it may hold; default: those of its group
 */
public record HostSpec(
        String address,
        Optional<String> user,
        OptionalInt port,
        Optional<String> key,
        Optional<String> jump,
        OptionalInt slots) {
    /** Port of an SSH server that names none. */
    public static final int SSH_PORT = 22;

    static final int MAX_PORT = 65_535;
    static final String RULE = "a host name or IP address, with user@ before and :port after it where needed";
    static final String USER_REGEX = "^[A-Za-z_][A-Za-z0-9._-]{0,63}$";
    static final String ADDRESS_REGEX =
            "^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$";
    static final String PATH_REGEX = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufeff]{1,400}$";
    static final String REGEX = "^(?:[A-Za-z_][A-Za-z0-9._-]{0,63}@)?"
            + "(?:(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}"
            + "|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
            + "|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{0,39})$";

    private static final Pattern TEXT = Pattern.compile(REGEX);
    private static final Pattern USER = Pattern.compile(USER_REGEX);
    private static final Pattern ADDRESS = Pattern.compile(ADDRESS_REGEX);
    private static final Pattern KEY = Pattern.compile(PATH_REGEX);
    private static final Pattern PARTS =
            Pattern.compile("(?:(?<user>[^@]*)@)?(?:\\[(?<bracketed>[^]]*)\\]|(?<name>[^:]*)|(?<bare>.*:.*:.*))"
                    + "(?::(?<port>[0-9]+))?");

    public HostSpec {
        matching("address", ADDRESS, address);
        user.ifPresent(name -> matching("user", USER, name));
        key.ifPresent(path -> matching("key", KEY, path));
        jump.ifPresent(host -> matching("jump", TEXT, host));
        inRange("port", port, MAX_PORT);
        inRange("slots", slots, NodeGroup.MAX_SLOTS);
    }

    /** Reads {@code pi@10.0.0.7:2222}; anything else is an {@link IllegalArgumentException} that says how. */
    public static HostSpec parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!TEXT.matcher(text).matches() || !parts.matches()) {
            throw new IllegalArgumentException("\"" + Printable.of(text) + "\" is no host. Write " + RULE
                    + ", for example \"pi@10.0.0.7:2222\"; an IPv6 address with a port goes in brackets.");
        }
        String address = Optional.ofNullable(parts.group("bracketed"))
                .or(() -> Optional.ofNullable(parts.group("name")))
                .orElseGet(() -> parts.group("bare"));
        String port = parts.group("port");
        return new HostSpec(
                address,
                Optional.ofNullable(parts.group("user")),
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /** Address and port, the same for two texts that name one SSH server. */
    public String endpoint() {
        return address.toLowerCase(Locale.ROOT) + ":" + port.orElse(SSH_PORT);
    }

    private static void matching(String what, Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("host: " + what + " \"" + Printable.of(text) + "\" cannot be used");
        }
    }

    private static void inRange(String what, OptionalInt value, int max) {
        if (value.isPresent() && (value.getAsInt() < 1 || value.getAsInt() > max)) {
            throw new IllegalArgumentException(
                    "host: " + what + " is " + value.getAsInt() + "; it must be 1 to " + max);
        }
    }
}
