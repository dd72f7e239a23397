package dev.parley.local.client;

import java.util.List;

/**
 * A bot that an unmodified library runs. It logs in by itself, answers {@code ping N} with {@code pong N from LIBRARY}, and
 * tells in lines what happens:
 *
 * <ul>
 *   <li>{@code session ID}: a session has begun; JDA does not tell the id
 *   <li>{@code ready USER GUILD}: it knows its guild
 *   <li>{@code resumed}: its session goes on
 *   <li>{@code message CONTENT}: somebody else has said this
 * </ul>
 *
 * <p>One thread at a time.
 */
public interface Bot extends AutoCloseable {

    /** The next line that begins so; lines before it are left out. */
    default String await(String beginning) {
        return awaitAll(beginning).getLast();
    }

    /** The next lines, up to the first that begins so. */
    List<String> awaitAll(String beginning);

    /** Stops the bot, which logs out. */
    @Override
    void close();
}
