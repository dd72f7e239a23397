package dev.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.AutoComplete;

/** What {@code ./parley completion} prints, in a real bash and a real zsh. */
class CommandLineCompletionTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void theScriptKnowsEveryCommandAndOption() throws IOException {
        // picocli writes the day of its making into the script.
        String script = AutoComplete.bash("parley", WholeCommandLine.line())
                .replaceAll("(?m)^# +Generated on:.*\\R", "")
                .replaceAll("(?m)^(#[^\\n]*?)[ \\t]+$", "$1");
        GeneratedFile.verify(ROOT.resolve("scripts/completion.bash"), script);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dep | deploy",
                "d | drill, doctor, deploy, diff, destroy",
                "up --ep | --ephemeral",
                "deploy --ph | --phase",
                "deploy --phase g | growth",
                "shards mo | move",
                "shards move --t | --to",
                "drill fa | failover, faults",
                "bench h | history, hot",
                "completion z | zsh",
                "doctor --j | --json",
            })
    void theTabKeyCompletes(String typed, String expected) throws Exception {
        assertThat(complete(typed)).containsExactlyInAnyOrder(expected.split(", "));
    }

    private static List<String> complete(String typed) throws IOException, InterruptedException {
        List<String> words = List.of(("./parley " + typed).split(" "));
        String script =
                "source <(./parley completion bash)\n# It refuses to be called by anything but the tab key.\ncompopt() { :; }\nCOMP_WORDS=("
                        + String.join(" ", words) + ")\n"
                        + "COMP_CWORD=" + (words.size() - 1) + "\nset +eu\n_complete_parley ./parley '"
                        + words.getLast()
                        + "' '' >/dev/null\nprintf '%s\\n' \"${COMPREPLY[@]}\"";
        Shell.Result result = new Shell(ROOT).run(script);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output().lines().map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource({"dep, deploy", "up --ep, up --ephemeral", "deploy --ph, deploy --phase", "shards mo, shards move"})
    void theTabKeyCompletesInZsh(String typed, String expected) throws Exception {
        assumeTrue(
                new Shell(ROOT).run("zsh --version || exit 0").output().startsWith("zsh "),
                "zsh is not installed (apt install zsh)");
        Shell.Result result = new Shell(ROOT).run("zsh -f manual/src/test/zsh/complete.zsh '" + typed + "'");
        assertThat(result.output().strip()).endsWith("./parley " + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completion", "completion fish", "depoy", "--verbose up", "help depoy"})
    void argumentsThatCannotBeUsedAreOneLineThatSaysWhatToDo(String arguments) throws Exception {
        Shell.Result result = new Shell(ROOT).run("./parley " + arguments);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.output().strip())
                .startsWith("parley: ")
                .contains("./parley ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"depoy, deploy", "upp, up", "drll, drill", "dotcor, doctor", "shard, shards"})
    void anUnknownCommandNamesTheNearOne(String typed, String near) throws Exception {
        assertThat(new Shell(ROOT).run("./parley " + typed).output()).contains("Did you mean ./parley " + near + "?");
    }

    @Test
    void aCommandThatIsNearNoneNamesNone() throws Exception {
        assertThat(new Shell(ROOT).run("./parley xyzzy").output())
                .contains("there is no command 'xyzzy'")
                .doesNotContain("Did you mean");
    }
}
