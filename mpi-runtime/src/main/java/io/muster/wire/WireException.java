package io.muster.wire;

import java.io.IOException;

/** What arrived is not what the other side of this protocol sends. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one with what was expected and what was seen. */
    public WireException(String message) {
        super(message);
    }
}
