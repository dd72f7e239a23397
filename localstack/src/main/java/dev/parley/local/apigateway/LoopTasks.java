package dev.parley.local.apigateway;

import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;

/** Runs work on the event loop that owns a channel. */
final class LoopTasks {

    private LoopTasks() {}

    /** Runs at once when called on the loop, else soon; not at all if the gateway has stopped. */
    static void run(Channel channel, Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
            return;
        }
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The loops are down, and with them every channel: there is nobody left to tell.
        }
    }
}
