package dev.parley.functions.web;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import java.util.Map;

/**
 * Hands out what the pages of the client are made of. While a deployment shifts traffic, a page of one build may ask the other
 * build's function: it gets what that one has, and nobody keeps it.
 */
public final class GetClientFileFunction extends HttpFunction {

    private static final Map<String, String> FOR_EVER = Map.of("cache-control", "public, max-age=31536000, immutable");
    private static final Map<String, String> ONCE = Map.of("cache-control", "no-store");

    private final WebFolder folder = new WebFolder();

    public GetClientFileFunction() {
        this(Parley.fromEnvironment());
    }

    public GetClientFileFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        String build = call.path("build");
        WebFiles files = folder.files();
        if (!files.build().equals(build)) {
            files = folder.refreshed();
        }
        WebFile file = files.file(name(call));
        if (file == null) {
            throw new ApiException(ErrorCode.NOT_FOUND);
        }
        return WebReply.of(
                        file,
                        files.build().equals(build) ? FOR_EVER : ONCE,
                        call.header("if-none-match"),
                        call.header("accept-encoding"))
                .http();
    }

    /** Only names that were read are found, so that none leads out of the folder. */
    private static String name(HttpCall call) {
        String file = call.path("file");
        return call.route().path().contains("{folder}") ? call.path("folder") + '/' + file : file;
    }
}
