package dev.parley.infra;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * Where the functions log: one group for each part of the system, and not one for each function. Whoever looks for something, ships logs
 * elsewhere or counts them then names one group, and two hundred groups, subscriptions and their quotas are saved. A stream belongs
 * to one environment of one function all the same, and has its name: {@code 2026/01/31/Parley-CreateMessage[7]…} (Lambda developer
 * guide, "Configuring CloudWatch log groups").
 */
final class FunctionLogs extends Construct {

    /** The parts of the system. */
    enum Part {
        API,
        GATEWAY,
        BACKGROUND,
        MIGRATIONS;

        /** The name of its group below the prefix of the functions. */
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The name of its group below the prefix of the deployment. */
        private String group() {
            return Naming.FUNCTION_LOGS + title();
        }
    }

    private final Map<Part, LogGroup> groups = new EnumMap<>(Part.class);

    FunctionLogs(Construct scope, String id, LogGroups logs) {
        super(scope, id);
        for (Part part : Part.values()) {
            groups.put(part, logs.group(this, part.title(), part.group()));
        }
    }

    /** The names of the groups of all parts. */
    static List<String> names(Naming naming) {
        return Arrays.stream(Part.values())
                .map(part -> naming.logGroup(part.group()))
                .toList();
    }

    /** The group of a part. */
    LogGroup of(Part part) {
        return Objects.requireNonNull(groups.get(part));
    }
}
