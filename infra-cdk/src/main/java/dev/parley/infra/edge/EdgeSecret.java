package dev.parley.infra.edge;

/**
 * The secret with which the edge proves that a request came through it. It is in Secrets Manager under a name that holds its
 * number; templates have dynamic references to it (CloudFormation user guide, "Get a secret or secret value from Secrets
 * Manager"), and never its value.
 *
 * <p>A secret has its own value and its predecessor's. So one deployment with the next number replaces it without refusing
 * anybody: the functions are changed first and accept both values, then the edge sends the new one.
 *
 * @param deployment the deployment's name
 * @param number which one it is, from 1
 */
public record EdgeSecret(String deployment, int number) {

    /** The value that the edge sends. */
    static final String CURRENT = "current";

    /** The value that it sent before. */
    static final String PREVIOUS = "previous";

    /** Its name, in every Region that has a copy. */
    public String name() {
        return deployment + "/edge/" + number;
    }

    /** A reference to what the edge sends. */
    public String sent() {
        return "{{resolve:secretsmanager:" + name() + ":SecretString:" + CURRENT + "}}";
    }

    /** A reference to what functions accept, as {@code PARLEY_EDGE_SECRET} has it. */
    public String accepted() {
        return "{{resolve:secretsmanager:" + name() + ":SecretString}}";
    }

    /** Whether there was another one before. */
    boolean hasPredecessor() {
        return number > 1;
    }

    /** The one before. */
    EdgeSecret predecessor() {
        return new EdgeSecret(deployment, number - 1);
    }
}
