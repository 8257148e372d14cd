package io.muster.provider.local;

import java.io.IOException;

/** Why a node cannot be served, in words for the user. */
final class NodeRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NodeRefusal(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
