package dev.parley.catalog;

import static dev.parley.catalog.HttpMethod.GET;

import dev.parley.ratelimit.Limit;
import java.util.List;
import java.util.stream.Stream;

/** The client for browsers: its pages, and the files that they are made of. */
public final class WebRoutes {

    /** What shows a page. It is the same document everywhere; the client reads from the address what it shows. */
    public static final FunctionSpec PAGE = FunctionSpec.of("web.GetPageFunction");

    /** What the paths of files begin with. */
    public static final String FILE_FOLDER = "/client/";

    private static final FunctionSpec FILE = FunctionSpec.of("web.GetClientFileFunction");

    private static final List<String> PAGES = List.of(
            "/",
            "/login",
            "/register",
            "/settings",
            "/invite/{code}",
            "/channels/{guild_id}",
            "/channels/{guild_id}/{channel_id}",
            "/channels/{guild_id}/{channel_id}/{message_id}");

    /** A build's files never change, so that a browser, and what stands between, keeps them for as long as it likes. */
    private static final List<String> FILES =
            List.of(FILE_FOLDER + "{build}/{file}", FILE_FOLDER + "{build}/{folder}/{file}");

    static final List<HttpRoute> ALL = Stream.concat(
                    PAGES.stream().map(path -> route(path, PAGE)),
                    FILES.stream().map(path -> route(path, FILE)))
            .toList();

    private WebRoutes() {}

    private static HttpRoute route(String path, FunctionSpec function) {
        return new HttpRoute(GET, path, function, Access.PUBLIC, Limit.READ_FILES);
    }
}
