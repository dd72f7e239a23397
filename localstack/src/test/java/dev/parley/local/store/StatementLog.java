package dev.parley.local.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every statement that clients send to a PostgreSQL, as the server itself notes them. */
public final class StatementLog {

    private static final List<String> SETTINGS = List.of(
            "logging_collector = on",
            "log_directory = 'log'",
            "log_destination = 'jsonlog'",
            "log_statement = 'all'",
            "log_parameter_max_length = 0");

    private final Path folder;

    private StatementLog(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the server that will start in a folder note its statements.
     *
     * @param folder the server's own
     */
    public static StatementLog of(Path folder, BinaryCache cache) throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(folder, cache);
                Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(), postgres.user(), postgres.password().value());
                Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute("ALTER SYSTEM SET " + setting);
            }
        }
        return new StatementLog(folder.resolve("data/log"));
    }

    /**
     * Reads what was noted of one application, in order; the server should have stopped.
     *
     * @param application the name that it gives when it connects
     */
    public void read(String application, Consumer<String> messages) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                lines.forEach(line -> {
                    JsonNode entry = Json.parse(line);
                    if (entry.path("application_name").asText().equals(application)
                            && entry.path("error_severity").asText().equals("LOG")) {
                        messages.accept(entry.path("message").asText());
                    }
                });
            }
        }
    }
}
