package io.muster.provider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether an SSH server answers. */
public final class SshBanner {
    private static final int TIMEOUT_MS = 3_000;
    private static final String PREFIX = "SSH-2.0-";

    private SshBanner() {}

    /** Whether it answers within three seconds; a proxy may take connections before there is a server. Blocks. */
    public static boolean answers(SshAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            byte[] start = socket.getInputStream().readNBytes(PREFIX.length());
            return new String(start, StandardCharsets.US_ASCII).equals(PREFIX);
        } catch (IOException e) {
            return false;
        }
    }
}
