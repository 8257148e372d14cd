package io.muster.provider.cloud.ec2;

/** EC2 answered with an error. */
final class Ec2Error extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status of HTTP
     * @param code name of the error, as EC2's list of them has it; empty when the answer had none
     * @param message what EC2 says about it
     */
    Ec2Error(int status, String code, String message) {
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
