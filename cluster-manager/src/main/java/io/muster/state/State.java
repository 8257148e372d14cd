package io.muster.state;

/**
 * The tables of the store. Taken from a {@link StateStore} each call is a transaction of its own; inside
 * {@link StateStore#inTransaction} all calls are one. Every write takes a {@link Cause} and writes its event in the
 * same transaction. A change that the life of the thing does not allow is an {@link IllegalStateException}.
 */
public interface State {
    Clusters clusters();

    Nodes nodes();

    Jobs jobs();

    Events events();
}
