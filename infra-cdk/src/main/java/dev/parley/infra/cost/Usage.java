package dev.parley.infra.cost;

import java.util.Locale;

/**
 * What people do with a deployment, from which its bill follows.
 *
 * @param users people who use it within a month
 * @param online the share of them that is connected, averaged over the month, 0 to 1
 * @param messages that each of them writes a day
 * @param receivers sessions that hear a message
 * @param sideEvents what happens beside each message: reactions, edits, typing, presence
 * @param sideReceivers sessions that hear one of those
 * @param requests that each of them makes a day beside messages: history, read states, files
 * @param eventBytes size of an event as a frame
 * @param readyBytes size of READY and the guilds after it
 * @param heartbeatSeconds time between two heartbeats of a session, as HELLO says it
 * @param mockHeartbeats whether API Gateway answers heartbeats itself, without a function
 */
public record Usage(
        long users,
        double online,
        double messages,
        double receivers,
        double sideEvents,
        double sideReceivers,
        double requests,
        int eventBytes,
        int readyBytes,
        double heartbeatSeconds,
        boolean mockHeartbeats) {

    /** Clients that say nothing about it are told to send a heartbeat so often. */
    public static final double USUAL_HEARTBEAT_S = 270;

    /** What Discord tells its clients, and discord.py is told here too. */
    public static final double SHORT_HEARTBEAT_S = 41.25;

    public Usage {
        check("users", (double) users, 1, 1_000_000_000);
        check("online", online, 0, 1);
        check("messages", messages, 0, 10_000);
        check("receivers", receivers, 0, 1_000_000);
        check("side events", sideEvents, 0, 1_000);
        check("side receivers", sideReceivers, 0, 1_000_000);
        check("requests", requests, 0, 100_000);
        check("heartbeat", heartbeatSeconds, 10, 600);
    }

    /** Of so many users, everything else as a community of chatting people would. */
    public static Usage of(long users) {
        return new Usage(users, 0.1, 20, 30, 1, 30, 40, 800, 60_000, USUAL_HEARTBEAT_S, false);
    }

    private static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s is from %,.0f to %,.0f, and not %s", name, least, most, number(value)));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }

    /** The same with another share connected. */
    public Usage withOnline(double other) {
        return new Usage(
                users,
                other,
                messages,
                receivers,
                sideEvents,
                sideReceivers,
                requests,
                eventBytes,
                readyBytes,
                heartbeatSeconds,
                mockHeartbeats);
    }

    /** The same with another number of messages a day. */
    public Usage withMessages(double other) {
        return new Usage(
                users,
                online,
                other,
                receivers,
                sideEvents,
                sideReceivers,
                requests,
                eventBytes,
                readyBytes,
                heartbeatSeconds,
                mockHeartbeats);
    }

    /** The same with another number of sessions that hear a message. */
    public Usage withReceivers(double other) {
        return new Usage(
                users,
                online,
                messages,
                other,
                sideEvents,
                sideReceivers,
                requests,
                eventBytes,
                readyBytes,
                heartbeatSeconds,
                mockHeartbeats);
    }

    /** The same with another number of sessions that hear what happens beside messages. */
    public Usage withSideReceivers(double other) {
        return new Usage(
                users,
                online,
                messages,
                receivers,
                sideEvents,
                other,
                requests,
                eventBytes,
                readyBytes,
                heartbeatSeconds,
                mockHeartbeats);
    }

    /** The same with another size of READY. */
    public Usage withReadyBytes(int other) {
        return new Usage(
                users,
                online,
                messages,
                receivers,
                sideEvents,
                sideReceivers,
                requests,
                eventBytes,
                other,
                heartbeatSeconds,
                mockHeartbeats);
    }

    /** The same with another time between heartbeats. */
    public Usage withHeartbeat(double other) {
        return new Usage(
                users,
                online,
                messages,
                receivers,
                sideEvents,
                sideReceivers,
                requests,
                eventBytes,
                readyBytes,
                other,
                mockHeartbeats);
    }

    /** The same with heartbeats that API Gateway answers, or a function. */
    public Usage withMockHeartbeats(boolean other) {
        return new Usage(
                users,
                online,
                messages,
                receivers,
                sideEvents,
                sideReceivers,
                requests,
                eventBytes,
                readyBytes,
                heartbeatSeconds,
                other);
    }
}
