package dev.parley.connection;

import io.netty.buffer.ByteBuf;

/** Signs requests to one endpoint. Implementations are thread-safe. */
public interface RequestSigner {

    /**
     * Writes the header lines that a signed request carries, {@code host} among them, each with its line end.
     *
     * @param method the method's name
     * @param path the path as it is sent, without dot segments and without a query
     * @param body what is sent; empty for none
     * @param head where the lines go, behind the request line
     */
    void sign(String method, String path, byte[] body, ByteBuf head);
}
