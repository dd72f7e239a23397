package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** What users ask of applications, and the first answers. */
final class InteractionRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(POST, "/interactions", "interaction.CreateInteractionFunction"),
            HttpRoute.api(
                            POST,
                            "/interactions/{interaction_id}/{interaction_token}/callback",
                            "interaction.CreateInteractionCallbackFunction")
                    .open()
                    .storing()
                    .limit(Limit.ANSWER_INTERACTION));

    private InteractionRoutes() {}
}
