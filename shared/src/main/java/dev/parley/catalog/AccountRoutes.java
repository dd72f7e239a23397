package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.ratelimit.Limit;
import java.util.List;

/** Signing up and in, and finding the gateway. */
final class AccountRoutes {

    static final List<HttpRoute> ALL = List.of(
            HttpRoute.api(POST, "/auth/register", "account.RegisterFunction")
                    .hashing()
                    .open()
                    .limit(Limit.REGISTER),
            HttpRoute.api(POST, "/auth/login", "account.LoginFunction")
                    .hashing()
                    .open()
                    .limit(Limit.LOGIN),
            HttpRoute.api(POST, "/auth/refresh", "account.RefreshFunction")
                    .open()
                    .limit(Limit.REFRESH),
            HttpRoute.api(POST, "/auth/logout", "account.LogoutFunction"),
            HttpRoute.api(GET, "/gateway", "gateway.GetGatewayFunction").open(),
            HttpRoute.api(GET, "/gateway/bot", "gateway.GetGatewayBotFunction"));

    private AccountRoutes() {}
}
