package dev.parley.account;

import dev.parley.snowflake.Snowflake;

/**
 * Who makes a request.
 *
 * @param userId the user, or the bot's user
 * @param bot whether it is a bot
 * @param tokenId what tells the token apart from the user's others; no secret
 */
public record Principal(Snowflake userId, boolean bot, Snowflake tokenId) {}
