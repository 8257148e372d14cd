package io.muster.provider;

/**
 * The provider cannot tell or change what exists. The message says what failed, where, what was seen, and the next
 * step.
 */
public final class ProviderException extends Exception {

    public ProviderException(String message) {
        super(message);
    }

    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
