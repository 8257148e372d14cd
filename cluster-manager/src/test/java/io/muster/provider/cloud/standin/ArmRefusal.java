package io.muster.provider.cloud.standin;

/** Azure Resource Manager does not do what it is asked. */
final class ArmRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ArmRefusal(int status, String code, String message) {
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
