package io.muster.provider.cloud.standin;

/** A cloud does not do what it is asked. */
final class CallRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    CallRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
