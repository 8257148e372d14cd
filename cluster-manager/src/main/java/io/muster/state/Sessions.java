package io.muster.state;

import java.util.function.Function;

/** Where a table gets its transaction from: one for each call, or the one that is open. */
interface Sessions {
    <T> T with(Function<Session, T> work);

    /** The open one. */
    static Sessions of(Session open) {
        return new Sessions() {
            @Override
            public <T> T with(Function<Session, T> work) {
                return work.apply(open);
            }
        };
    }
}
