package dev.parley.infra.diff;

/**
 * A resource of a deployment.
 *
 * @param stack its stack: the Region, the stack's name, and the logical ids of the nested stacks that lead to it, with slashes
 * @param logicalId its id in the template
 */
public record ResourceId(String stack, String logicalId) implements Comparable<ResourceId> {

    @Override
    public int compareTo(ResourceId other) {
        int byStack = stack.compareTo(other.stack);
        return byStack == 0 ? logicalId.compareTo(other.logicalId) : byStack;
    }

    /** How references to it are written once they lead across stacks. */
    @Override
    public String toString() {
        return stack + "." + logicalId;
    }

    /** The top-level stack that it is in, which is deployed and deleted as one. */
    String topLevelStack() {
        int second = stack.indexOf('/', stack.indexOf('/') + 1);
        return second < 0 ? stack : stack.substring(0, second);
    }
}
