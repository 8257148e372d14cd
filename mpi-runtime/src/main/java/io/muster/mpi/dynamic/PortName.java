package io.muster.mpi.dynamic;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a port: {@code muster:HOST:PORT:KEY}. Whoever knows it may connect, so it holds a key that both ends
 * prove to know; a host that is an IPv6 address stands in brackets.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and owned by nobody else
record PortName(String host, int port, byte[] key) {
    static final int KEY_BYTES = 16;

    private static final Pattern FORM = Pattern.compile("muster:(\\[[^\\]]+\\]|[^:\\[\\]]+):(\\d{1,5}):([0-9a-f]{32})");

    static PortName parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches() || Integer.parseInt(form.group(2)) > 0xffff) {
            throw new Failure(
                    ErrorClass.PORT, "'" + text + "' is not the name of a port; pass what openPort has returned");
        }
        String host = form.group(1).replaceAll("[\\[\\]]", "");
        return new PortName(
                host, Integer.parseInt(form.group(2)), HexFormat.of().parseHex(form.group(3)));
    }

    String text() {
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "muster:" + literal + ":" + port + ":" + HexFormat.of().formatHex(key);
    }

    /** The address without the key, for messages. */
    String place() {
        return host + ":" + port;
    }
}
