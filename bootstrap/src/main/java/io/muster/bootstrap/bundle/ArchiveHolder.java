package io.muster.bootstrap.bundle;

import io.muster.bootstrap.ssh.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A node that has the archive of the bundle and can give it to others. Its server starts when it is first needed and
 * ends when this is closed or the connection to the node is lost; the archive is gone then, too. Thread-safe.
 */
final class ArchiveHolder implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(30);
    private static final Duration TO_ALLOW = Duration.ofSeconds(20);
    private static final int TOKEN_BYTES = 16;

    private final String name;
    private final String address;
    private final RunningCommand command;
    private final ReentrantLock lock = new ReentrantLock();
    private int port;
    private boolean dead;

    /**
     * @param address that the other nodes reach it by
     * @param command the script that fetched; owned by this
     */
    ArchiveHolder(String name, String address, RunningCommand command) {
        this.name = name;
        this.address = address;
        this.command = command;
    }

    String name() {
        return name;
    }

    /** Where and with what one node gets the archive, once. */
    record Ticket(String address, int port, String token) {}

    /** Lets one more node come; blocks for a start of the server when it is the first. */
    Ticket allow() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (dead) {
                throw new IOException("node " + name + " gives the bundle to nobody");
            }
            dead = true;
            if (port == 0) {
                command.writeLine("serve");
                port = port(answer(TO_START));
            }
            String token = BundlePush.random(TOKEN_BYTES);
            command.writeLine("allow " + token);
            String answer = answer(TO_ALLOW);
            if (!answer.equals("allowed")) {
                throw new IOException("node " + name + " allows nobody: " + answer);
            }
            dead = false;
            return new Ticket(address, port, token);
        } finally {
            lock.unlock();
        }
    }

    private static int port(String line) throws IOException {
        if (!line.matches("port \\d{1,5}")) {
            throw new IOException("the bundle server says '" + line + "', not its port");
        }
        return Integer.parseInt(line.substring("port ".length()));
    }

    private String answer(Duration deadline) throws IOException, InterruptedException {
        return command.readLine(deadline)
                .orElseThrow(() -> new IOException("node " + name + ": its bundle server has ended"));
    }

    @Override
    public void close() {
        command.close();
    }
}
