package dev.parley.local.apigateway;

import io.netty.channel.socket.SocketChannel;

/**
 * One request and the place for its answer. Exactly one of {@link #answer}, {@link #drop} and {@link #takeOver} ends it;
 * later calls do nothing.
 *
 * <p>Thread-safe; the channel's pipeline may only be changed on its event loop.
 */
final class Exchange {

    private final Request request;
    private final HttpConnection connection;
    private final SocketChannel channel;

    Exchange(Request request, HttpConnection connection, SocketChannel channel) {
        this.request = request;
        this.connection = connection;
        this.channel = channel;
    }

    Request request() {
        return request;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sends the answer. Any thread may call. */
    void answer(Reply reply) {
        LoopTasks.run(channel, () -> connection.answer(this, reply));
    }

    /** Closes the caller's connection without an answer. Any thread may call. */
    void drop() {
        LoopTasks.run(channel, () -> connection.drop(this));
    }

    /** Ends HTTP on this channel: the caller owns it from now on. On the event loop only. */
    void takeOver() {
        connection.leave();
    }
}
