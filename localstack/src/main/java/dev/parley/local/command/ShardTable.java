package dev.parley.local.command;

import dev.parley.protocol.Json;
import dev.parley.shard.ShardStatus;
import dev.parley.shard.ShardStatus.Cluster;
import dev.parley.shard.ShardStatus.Counted;
import dev.parley.shard.ShardStatus.Filled;
import dev.parley.shard.ShardStatus.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Where the content is, for people: the clusters, the fullest logical shards, and the moves that are not done.
 *
 * @param most how many logical shards are shown
 */
record ShardTable(ShardStatus status, int most) {

    private static final String GAP = "  ";
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private record Row(Cluster cluster, Filled shard) {

        long messages() {
            Counted counted = shard.counted();
            return counted == null ? 0 : counted.messages();
        }
    }

    /** The lines, none of which ends with a space. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<List<String>> clusters = new ArrayList<>();
        clusters.add(List.of("CLUSTER", "SHARDS", "WITH CHANNELS", "DATABASE"));
        for (Cluster cluster : status.clusters()) {
            clusters.add(List.of(
                    cluster.name(),
                    number(cluster.shards()),
                    number(cluster.filled().size()),
                    size(cluster.bytes())));
        }
        aligned(clusters, lines);
        addShards(lines);
        addMoves(lines);
        return lines;
    }

    private void addShards(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        for (Cluster cluster : status.clusters()) {
            cluster.filled().forEach(shard -> rows.add(new Row(cluster, shard)));
        }
        if (rows.isEmpty()) {
            return;
        }
        rows.sort(Comparator.comparingLong(Row::messages)
                .thenComparingLong(row -> row.shard().channels())
                .reversed()
                .thenComparingInt(row -> row.shard().shard()));
        boolean counted = rows.getFirst().shard().counted() != null;
        List<List<String>> table = new ArrayList<>();
        table.add(
                counted
                        ? List.of("SHARD", "CLUSTER", "CHANNELS", "MESSAGES", "THEIR SIZE")
                        : List.of("SHARD", "CLUSTER", "CHANNELS"));
        for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(row.shard().shard()),
                    row.cluster().name(),
                    number(row.shard().channels())));
            Counted content = row.shard().counted();
            if (content != null) {
                cells.add(number(content.messages()));
                cells.add(size(content.bytes()));
            }
            table.add(cells);
        }
        lines.add("");
        aligned(table, lines);
        if (rows.size() > most) {
            lines.add("… and " + number(rows.size() - most) + " more with channels; --all shows them");
        }
    }

    private void addMoves(List<String> lines) {
        if (status.moves().isEmpty()) {
            return;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("MOVING", "FROM", "TO", "PHASE"));
        for (Move move : status.moves()) {
            table.add(List.of(
                    Integer.toString(move.shard()),
                    move.source(),
                    move.target(),
                    move.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        lines.add("");
        aligned(table, lines);
    }

    /** The same as JSON, with everything. */
    String json() {
        return Json.text(status);
    }

    /** Numbers are put to the right, and a column is one of numbers if its first cell is. */
    private static void aligned(List<List<String>> rows, List<String> lines) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                boolean numbers =
                        rows.size() > 1 && Character.isDigit(rows.get(1).get(i).charAt(0));
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP)
                        .append(numbers ? padding : "")
                        .append(row.get(i))
                        .append(numbers ? "" : padding);
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
