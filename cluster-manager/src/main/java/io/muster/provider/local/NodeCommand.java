package io.muster.provider.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One command on a local node, in a session of its own: its streams are the channel's; a signal of the client, or the
 * end of the channel, reaches its whole process group.
 */
final class NodeCommand implements Command {
    private static final int BUFFER_BYTES = 32 * 1024;

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final boolean HAS_SCRIPT = Files.isExecutable(SCRIPT);

    private final NodeEnvironment node;
    private final String command;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private @Nullable Process process;

    /**
     * @param command for the shell; empty for the shell itself
     */
    NodeCommand(NodeEnvironment node, String command) {
        this.node = node;
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
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        boolean terminal = environment.getEnv().containsKey(Environment.ENV_TERM);
        ProcessBuilder builder = new ProcessBuilder(terminal ? onTerminal(environment) : plain());
        builder.directory(node.folder().home().toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(node.variables());
        environment.getEnv().forEach((name, value) -> {
            if (name.equals("LANG") || name.startsWith("LC_") || name.equals(Environment.ENV_TERM)) {
                variables.put(name, value);
            }
        });
        Process started = builder.start();
        process = started;
        environment.addSignalListener((source, signal) -> signal(started, signal.name()));
        daemon("stdin", () -> pump(in, started.getOutputStream(), true));
        Thread output = daemon("stdout", () -> pump(started.getInputStream(), out, false));
        Thread errors = daemon("stderr", () -> pump(started.getErrorStream(), err, false));
        daemon("exit", () -> report(started, output, errors));
    }

    private List<String> plain() {
        return command.isEmpty()
                ? List.of("setsid", NodeEnvironment.SHELL)
                : List.of("setsid", NodeEnvironment.SHELL, "-c", command);
    }

    /** On a pseudo terminal of the size that the client has now, where this machine has {@code script}. */
    private List<String> onTerminal(Environment environment) {
        String prompt = "PS1='" + node.name() + "$ ' exec " + NodeEnvironment.SHELL + " -i";
        String work = command.isEmpty() ? prompt : command;
        if (!HAS_SCRIPT) {
            return List.of("setsid", NodeEnvironment.SHELL, "-c", work);
        }
        String size = "stty rows " + number(environment, Environment.ENV_LINES) + " cols "
                + number(environment, Environment.ENV_COLUMNS) + " 2>/dev/null; ";
        return List.of("setsid", SCRIPT.toString(), "-qfec", size + work, "/dev/null");
    }

    private static int number(Environment environment, String name) {
        try {
            return Math.clamp(Integer.parseInt(environment.getEnv().getOrDefault(name, "0")), 0, 9_999);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The channel is gone: what still runs in the foreground is hung up, as a terminal would do. */
    @Override
    public void destroy(ChannelSession channel) {
        Process started = process;
        if (started != null && started.isAlive()) {
            signal(started, "HUP");
        }
    }

    private void report(Process started, Thread output, Thread errors) {
        try {
            int status = started.waitFor();
            output.join();
            errors.join();
            ExitCallback callback = exit;
            if (callback != null) {
                callback.onExit(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(InputStream from, OutputStream to, boolean close) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // one side is gone; the exit status tells the rest
        }
        if (close) {
            try {
                to.close();
            } catch (IOException e) {
                // the process ended without reading its input
            }
        }
    }

    private static void signal(Process target, String signal) {
        try {
            new ProcessBuilder(NodeEnvironment.SHELL, "-c", "kill -" + signal + " -" + target.pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            System.err.println("signal " + signal + " to " + target.pid() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("command-" + name).start(work);
    }
}
