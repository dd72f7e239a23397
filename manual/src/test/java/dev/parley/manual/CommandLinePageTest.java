package dev.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLinePageTest {

    @Test
    void thePageIsCurrent() throws IOException {
        GeneratedFile.verify(
                Path.of("../docs/command-line.md"), new CommandLinePage(WholeCommandLine.line()).markdown());
    }

    @Test
    void theLauncherListsTheCommandsOfThePage() throws Exception {
        // When
        Shell.Result help = new Shell(Path.of("..")).run("./parley help");

        // Then
        List<String> listed = help.output()
                .lines()
                .filter(text -> text.matches("  [a-z]+ +.*"))
                .map(text -> text.strip().split(" ", 2)[0])
                .toList();
        assertThat(help.code()).isZero();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        WholeCommandLine.line().getSubcommands().keySet());
    }
}
