package dev.parley.account;

/** More passwords are being checked than the process can take. */
public final class PasswordsBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PasswordsBusyException() {
        super("Too many passwords are being checked");
    }
}
