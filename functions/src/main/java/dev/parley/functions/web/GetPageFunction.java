package dev.parley.functions.web;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;

/** Shows the client for browsers. */
public final class GetPageFunction extends HttpFunction {

    private final WebFolder folder = new WebFolder();

    public GetPageFunction() {
        this(Parley.fromEnvironment());
    }

    public GetPageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        PageHeaders headers =
                new PageHeaders(parley.gatewayUrls().all(), parley.uploads().origin());
        WebReply reply = WebReply.page(
                folder.refreshed(),
                "index.html",
                headers,
                call.header("if-none-match"),
                call.header("accept-encoding"));
        return reply.http();
    }
}
