package dev.parley.infra.edge;

import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import java.util.List;

/** The paths whose answers may be cached: those of files and images, which the catalog has outside of the API. */
final class FilePaths {

    private static final String API = "/api/";

    private FilePaths() {}

    /** CloudFront's patterns of them, for example {@code /icons/*}: what a path has before its first parameter. */
    static List<String> patterns(List<HttpRoute> routes) {
        return routes.stream()
                .filter(route -> route.method() == HttpMethod.GET)
                .map(HttpRoute::path)
                .filter(path -> !path.startsWith(API) && path.contains("{"))
                .map(path -> path.substring(0, path.indexOf('{')) + "*")
                .distinct()
                .toList();
    }
}
