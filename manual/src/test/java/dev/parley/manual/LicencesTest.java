package dev.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What npm brings has allowed licences, and the check refuses what has none; CI checks what Maven brings. */
class LicencesTest {

    private static final Path ROOT = Path.of("..");

    private static final List<String> LOCKS = List.of(
            "web/package-lock.json",
            "load-tests/package-lock.json",
            "infra-cdk/package-lock.json",
            "examples/discordjs-bot/package-lock.json",
            "localstack/src/test/node/package-lock.json");

    @TempDir
    private Path folder;

    @BeforeAll
    static void node() throws Exception {
        assumeTrue(new Shell(ROOT).run("command -v node").code() == 0, "Node.js is not installed");
    }

    @Test
    void everyLibraryFromNpmHasAnAllowedLicence() throws Exception {
        Shell.Result result = check(String.join(" ", LOCKS));

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains("MIT");
    }

    @Test
    void noLockFileIsLeftOut() throws IOException, InterruptedException {
        List<String> found = new Shell(ROOT)
                .run("git ls-files '*package-lock.json'")
                .output()
                .lines()
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(LOCKS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"license\": {\"id\": \"MIT\"}} | 0",
                "{\"license\": {\"name\": \"The Apache Software License, Version 2.0\"}} | 0",
                "{\"expression\": \"GPL-2.0-only OR Apache-2.0\"} | 0",
                "{\"license\": {\"id\": \"GPL-3.0-only\"}}, {\"license\": {\"id\": \"EPL-2.0\"}} | 0",
                "{\"license\": {\"id\": \"GPL-3.0-only\"}} | 1",
                "{\"expression\": \"MIT AND SSPL-1.0\"} | 1",
                "{\"license\": {\"name\": \"Ask us\"}} | 1",
                "'' | 1",
            })
    void aComponentNeedsOneLicenceThatIsAllowed(String licences, int code) throws Exception {
        Path bom = Files.writeString(
                folder.resolve("bom.json"),
                "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"group\": \"org.example\", \"name\": \"lib\","
                        + " \"version\": \"1\", \"licenses\": [" + licences + "]}]}");

        Shell.Result result = check(bom.toString());

        assertThat(result.code()).as(result.output()).isEqualTo(code);
        assertThat(result.output().contains("org.example:lib:1 has")).isEqualTo(code == 1);
    }

    @Test
    void noFileIsAMistake() throws Exception {
        assertThat(check("").code()).isEqualTo(2);
    }

    private static Shell.Result check(String files) throws IOException, InterruptedException {
        return new Shell(ROOT).run("node scripts/check-licences.mjs " + files);
    }
}
