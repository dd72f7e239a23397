package dev.parley.local.apigateway;

/**
 * What the connection ids of one gateway process have in common where several hold the connections of one API: the id's first
 * character is its number, so that a post can go to the process that holds the connection.
 *
 * @param number 0 to 63
 */
public record GatewayMark(int number) {

    /** The first six bits of an id are its first character (RFC 4648, "Base 64 Encoding with URL and Filename Safe Alphabet"). */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final int OTHER_BITS = 2;

    /** @throws IllegalArgumentException if the number is out of range */
    public GatewayMark {
        if (number < 0 || number >= ALPHABET.length()) {
            throw new IllegalArgumentException("A gateway's number is 0 to 63, not " + number);
        }
    }

    /** The number in a connection id; -1 if it can be none. */
    public static int numberIn(String connectionId) {
        return connectionId.isEmpty() ? -1 : ALPHABET.indexOf(connectionId.charAt(0));
    }

    /** Makes the bytes of an id those of this gateway's. */
    void put(byte[] id) {
        id[0] = (byte) ((number << OTHER_BITS) | (id[0] & ((1 << OTHER_BITS) - 1)));
    }
}
