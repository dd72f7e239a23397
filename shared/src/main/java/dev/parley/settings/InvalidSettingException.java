package dev.parley.settings;

/** A setting is missing or wrong. The message names the variable and never holds its value, which may be a secret. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with it, as the end of a sentence that begins with the variable's name */
    public InvalidSettingException(Setting setting, String problem) {
        super(setting.variable() + " " + problem);
    }

    /** @param problem what follows the variable in a sentence, without the value */
    public InvalidSettingException(Setting setting, String problem, Throwable cause) {
        super(setting.variable() + " " + problem, cause);
    }
}
