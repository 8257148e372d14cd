package io.muster.bootstrap.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;

/** One command on one channel: writes its input and reads both outputs at the same time, so that none can block. */
final class CommandExchange implements Callable<CommandResult> {
    private static final int CLOSE_TIMEOUT_SECONDS = 10;
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Session channel;
    private final String command;
    private final StreamWriter stdin;

    CommandExchange(Session channel, String command, StreamWriter stdin) {
        this.channel = channel;
        this.command = command;
        this.stdin = stdin;
    }

    @Override
    public CommandResult call() throws Exception {
        Session.Command running = channel.exec(command);
        FutureTask<String> stderr = start(() -> drain(running.getErrorStream()));
        FutureTask<Boolean> written = start(() -> write(running.getOutputStream()));
        String stdout = drain(running.getInputStream());
        String errors = stderr.get();
        running.join(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Integer exit = running.getExitStatus();
        if (exit != null) {
            return new CommandResult(exit, stdout, errors);
        }
        if (running.getExitSignal() != null) {
            return new CommandResult(255, stdout, errors + "ended by signal " + running.getExitSignal());
        }
        written.cancel(true);
        throw new IOException("the connection ended before the command did");
    }

    private boolean write(OutputStream out) throws IOException {
        stdin.writeTo(out);
        // SSHJ's close drops what the window does not admit at once; flush waits for it.
        out.flush();
        out.close();
        return true;
    }

    private static String drain(InputStream in) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            kept.write(buffer, 0, Math.min(read, SshSession.MAX_OUTPUT_BYTES - kept.size()));
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
