package mpjbuf;

/** A buffer was used against its rules: its state, the type or size of its section, or its capacity. */
public class BufferException extends Exception {
    private static final long serialVersionUID = 1L;

    public BufferException() {}

    public BufferException(String message) {
        super(message);
    }

    public BufferException(String message, Throwable cause) {
        super(message, cause);
    }
}
