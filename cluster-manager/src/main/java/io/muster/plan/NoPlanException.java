package io.muster.plan;

/** A spec for which there is no plan: the cloud has nothing of the kind. Says what was seen and what to change. */
public final class NoPlanException extends Exception {
    private final String where;
    private final String seen;
    private final String next;

    NoPlanException(String message, String where, String seen, String next) {
        super(message);
        this.where = where;
        this.seen = seen;
        this.next = next;
    }

    /** The group that cannot be planned, as the user knows it. */
    public String where() {
        return where;
    }

    /** What there is instead. */
    public String seen() {
        return seen;
    }

    /** What the user can do. */
    public String next() {
        return next;
    }
}
