package io.muster.bootstrap.ssh;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The sessions to jump hosts, one for all nodes behind each: a jump host drops connections when many log in at once.
 * Thread-safe; a session is closed with its last use.
 */
final class JumpHosts {
    private static final Map<SshLogin, Shared> OPEN = new HashMap<>();

    private JumpHosts() {}

    /** One user's hold on a session. */
    static final class Use implements AutoCloseable {
        private final Shared shared;
        private final SshSession session;
        private boolean closed;

        private Use(Shared shared, SshSession session) {
            this.shared = shared;
            this.session = session;
        }

        SshSession session() {
            return session;
        }

        @Override
        public void close() {
            synchronized (OPEN) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            shared.release();
        }
    }

    /** Waits for the session that there is, or makes one. */
    static Use use(SshLogin jump, Duration deadline) throws SshException, InterruptedException {
        Shared shared;
        synchronized (OPEN) {
            Shared there = OPEN.get(jump);
            shared = there == null || there.isBroken() ? new Shared(jump, deadline) : there;
            OPEN.put(jump, shared);
            shared.users++;
        }
        boolean done = false;
        try {
            Use use = new Use(shared, shared.session(deadline));
            done = true;
            return use;
        } finally {
            if (!done) {
                shared.release();
            }
        }
    }

    private static final class Shared {
        private final SshLogin login;
        private final FutureTask<SshSession> opening;
        private final Thread worker;
        private int users;

        Shared(SshLogin login, Duration deadline) {
            this.login = login;
            this.opening = new FutureTask<>(() -> kept(SshSession.open(SshTarget.JUMP_HOST, login, deadline)));
            this.worker = Thread.ofVirtual().name("ssh-jump").start(opening);
        }

        /** All who waited for it may have left. */
        private SshSession kept(SshSession session) throws InterruptedException {
            synchronized (OPEN) {
                if (users > 0) {
                    return session;
                }
            }
            session.close();
            throw new InterruptedException(login + ": nobody waits for it any more");
        }

        SshSession session(Duration deadline) throws SshException, InterruptedException {
            try {
                return opening.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new SshException(
                        SshException.Kind.UNREACHABLE,
                        login + ": did not let us in in " + deadline.toSeconds() + " s",
                        e);
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNull(e.getCause());
                SshException.Kind kind =
                        cause instanceof SshException known ? known.kind() : SshException.Kind.UNREACHABLE;
                throw new SshException(kind, String.valueOf(cause.getMessage()), cause);
            }
        }

        boolean isBroken() {
            return switch (opening.state()) {
                case RUNNING -> false;
                case SUCCESS -> !opening.resultNow().isOpen();
                case FAILED, CANCELLED -> true;
            };
        }

        void release() {
            synchronized (OPEN) {
                users--;
                if (users > 0) {
                    return;
                }
                OPEN.remove(login, this);
            }
            worker.interrupt();
            if (opening.state() == Future.State.SUCCESS) {
                opening.resultNow().close();
            }
        }
    }
}
