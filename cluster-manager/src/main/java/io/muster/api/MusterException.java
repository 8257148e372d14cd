package io.muster.api;

/** What could not be done, in the four parts that a user needs. */
public final class MusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String where;
    private final String seen;
    private final String next;

    /**
     * @param what what failed, one sentence
     * @param where node, file, job or cluster it concerns
     * @param seen the values observed
     * @param next what the user can do
     */
    public MusterException(Kind kind, String what, String where, String seen, String next) {
        super(what);
        this.kind = kind;
        this.where = where;
        this.seen = seen;
        this.next = next;
    }

    /** The same with the failure that caused it, for {@code --verbose}. */
    public MusterException(Kind kind, String what, String where, String seen, String next, Throwable cause) {
        this(kind, what, where, seen, next);
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String where() {
        return where;
    }

    public String seen() {
        return seen;
    }

    public String next() {
        return next;
    }

    /** Whose fault it is, and with it the exit code of the CLI. */
    public enum Kind {
        INPUT(2),
        INFRASTRUCTURE(3),
        /** Another operation has what this one needs; nothing was changed. */
        BUSY(3),
        NOT_FOUND(4),
        INTERRUPTED(130);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
