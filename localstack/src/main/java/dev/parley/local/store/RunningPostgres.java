package dev.parley.local.store;

import dev.parley.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The database servers of a parley that is running, as its data folder knows them. */
public final class RunningPostgres {

    /** The folder of the cluster with the directory. */
    public static final String ZERO = "postgres";

    /** What the folders of the other clusters begin with, and their names are. */
    public static final String OTHER = "cluster-";

    /** The line of the file with the process id that has the port (PostgreSQL, source of "miscinit.c"). */
    private static final int PORT_LINE = 3;

    private RunningPostgres() {}

    /**
     * What tells Parley's settings of them.
     *
     * @throws DataDirectoryException if nothing runs there
     */
    public static Map<String, String> environment(Path data) {
        try {
            List<String> others = new ArrayList<>();
            for (Path folder : others(data)) {
                others.add(folder.getFileName() + "=" + url(folder));
            }
            return Map.of(
                    Setting.DATABASE_URL.variable(), url(data.resolve(ZERO)),
                    Setting.DATABASE_USER.variable(), PostgresCluster.USER,
                    Setting.DATABASE_PASSWORD.variable(),
                            new PostgresCluster(data.resolve(ZERO)).password().value(),
                    Setting.DATABASE_CLUSTERS.variable(), String.join(",", others));
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "No parley is running with the data in " + data + ". Start it, or say where it is with --data DIR");
        }
    }

    private static List<Path> others(Path data) throws IOException {
        try (Stream<Path> folders = Files.list(data)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(OTHER))
                    .sorted()
                    .toList();
        }
    }

    private static String url(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(new PostgresCluster(folder).pidFile());
        if (lines.size() <= PORT_LINE) {
            throw new IOException("It is just starting");
        }
        return LocalPostgres.url(Integer.parseInt(lines.get(PORT_LINE).strip()));
    }
}
