package io.muster.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A command of a {@link TestNode}: a real shell in the node's home, its streams those of the channel. */
final class TestShell implements Command {
    private final Path home;
    private final String path;
    private final String command;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (code, message, close) -> {};

    TestShell(Path home, String path, String command) {
        this.home = home;
        this.path = path;
        this.command = command;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).directory(home.toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("HOME", home.toString());
        variables.put("PATH", path);
        Process process = builder.start();
        Thread.ofVirtual().start(() -> pump(in, process.getOutputStream()));
        Thread output = Thread.ofVirtual().start(() -> pump(process.getInputStream(), out));
        Thread errors = Thread.ofVirtual().start(() -> pump(process.getErrorStream(), err));
        Thread.ofVirtual().start(() -> {
            try {
                int code = process.waitFor();
                output.join();
                errors.join();
                exit.onExit(code);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        // What it started goes on, as with a real server.
    }

    private static void pump(InputStream from, OutputStream to) {
        try (to) {
            byte[] buffer = new byte[32 * 1024];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // One side is gone; the exit code tells the rest.
        }
    }
}
