package dev.parley.local.apigateway;

/** The port that the gateway was to listen on belongs to another program. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    public PortTakenException(int port, Throwable cause) {
        super("Port " + port + " is taken by another program: stop it, or choose another port", cause);
        this.port = port;
    }

    /** The port. */
    public int port() {
        return port;
    }
}
