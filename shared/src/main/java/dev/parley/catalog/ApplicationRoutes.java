package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.PATCH;
import static dev.parley.catalog.HttpMethod.POST;

import java.util.List;

/** Applications and their bots. */
final class ApplicationRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(GET, "/oauth2/applications/@me", "application.GetCurrentApplicationFunction"),
            HttpRoute.api(GET, "/oauth2/@me", "application.GetAuthorizationFunction"),
            HttpRoute.api(POST, "/oauth2/authorize", "application.AuthorizeBotFunction"),
            HttpRoute.api(GET, "/applications", "application.ListApplicationsFunction"),
            HttpRoute.api(POST, "/applications", "application.CreateApplicationFunction"),
            HttpRoute.api(GET, "/applications/@me", "application.GetOwnApplicationFunction"),
            HttpRoute.api(PATCH, "/applications/@me", "application.ModifyOwnApplicationFunction"),
            HttpRoute.api(GET, "/applications/{application_id}", "application.GetApplicationFunction"),
            HttpRoute.api(PATCH, "/applications/{application_id}", "application.ModifyApplicationFunction"),
            HttpRoute.api(POST, "/applications/{application_id}/bot/reset", "application.ResetBotTokenFunction"));

    private ApplicationRoutes() {}
}
