package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.DELETE;
import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import java.util.List;

/** The rules that messages are checked against. */
final class AutoModRoutes {

    private static final String RULES = "/guilds/{guild_id}/auto-moderation/rules";

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, RULES, "automod.ListAutoModerationRulesFunction"),
            HttpRoute.api(POST, RULES, "automod.CreateAutoModerationRuleFunction"),
            HttpRoute.api(GET, RULES + "/{rule_id}", "automod.GetAutoModerationRuleFunction"),
            HttpRoute.api(PATCH, RULES + "/{rule_id}", "automod.ModifyAutoModerationRuleFunction"),
            HttpRoute.api(DELETE, RULES + "/{rule_id}", "automod.DeleteAutoModerationRuleFunction"));

    private AutoModRoutes() {}
}
