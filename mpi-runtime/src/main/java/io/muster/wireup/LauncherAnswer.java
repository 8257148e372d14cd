package io.muster.wireup;

/**
 * What a launcher answers.
 *
 * @param text what was asked for; why not, when it failed
 */
public record LauncherAnswer(Kind kind, String text) {
    /** How it went. */
    public enum Kind {
        /** As asked for. */
        DONE,
        /** The name is in use. */
        TAKEN,
        /** There is no such name. */
        UNKNOWN,
        /** It could not be done. */
        FAILED
    }

    static LauncherAnswer of(Kind kind) {
        return new LauncherAnswer(kind, "");
    }

    /** It was done; {@code text} is the result. */
    public static LauncherAnswer done(String text) {
        return new LauncherAnswer(Kind.DONE, text);
    }

    /** It could not be done. */
    public static LauncherAnswer failed(String why) {
        return new LauncherAnswer(Kind.FAILED, why);
    }
}
