package io.muster.spec;

import java.util.Locale;

/** Which address of a node the manager logs in to. */
public enum AddressChoice {
    /** The one that the world reaches. */
    PUBLIC,
    /** The one inside the cloud's network: the manager is there too, or goes through a jump host. */
    PRIVATE;

    /** The choice with this name in a sizing file, which is one of them. */
    static AddressChoice named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The name in a sizing file. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
