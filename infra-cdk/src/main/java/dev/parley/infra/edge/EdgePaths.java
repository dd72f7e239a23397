package dev.parley.infra.edge;

import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.WebRoutes;
import java.util.List;
import java.util.stream.Stream;

/** The paths that the catalog has outside of the API, as CloudFront's patterns. */
final class EdgePaths {

    private static final String API = "/api/";

    private EdgePaths() {}

    /**
     * Those whose answers may be cached: files and images, and what pages are made of. For example {@code /icons/*}: what a
     * path has before its first parameter.
     */
    static List<String> files(List<HttpRoute> routes) {
        return outside(routes)
                .filter(route -> !isPage(route) && route.path().contains("{"))
                .map(EdgePaths::pattern)
                .distinct()
                .toList();
    }

    /** Those of pages for browsers. */
    static List<String> pages(List<HttpRoute> routes) {
        return outside(routes)
                .filter(EdgePaths::isPage)
                .map(EdgePaths::pattern)
                .distinct()
                .toList();
    }

    /** Whether browsers make a page of what is there. */
    static boolean isForPages(String pattern) {
        return pattern.startsWith(WebRoutes.FILE_FOLDER);
    }

    private static boolean isPage(HttpRoute route) {
        return route.function().equals(WebRoutes.PAGE);
    }

    private static Stream<HttpRoute> outside(List<HttpRoute> routes) {
        return routes.stream()
                .filter(route ->
                        route.method() == HttpMethod.GET && !route.path().startsWith(API));
    }

    private static String pattern(HttpRoute route) {
        String path = route.path();
        return path.contains("{") ? path.substring(0, path.indexOf('{')) + "*" : path;
    }
}
