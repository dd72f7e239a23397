package dev.parley.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs that the user has installed. Immutable. */
public final class InstalledPrograms {

    private final List<Path> folders;

    private InstalledPrograms(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Those on the PATH, and where Go and Debian put some that only another PATH leads to. */
    public static InstalledPrograms ofUser() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        folders.add(Path.of(System.getProperty("user.home"), "go", "bin"));
        folders.add(Path.of("/usr/sbin"));
        return new InstalledPrograms(folders);
    }

    /** Where a program is. */
    public Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
