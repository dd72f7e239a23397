package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void createsAFolderForItsOwnerAlone() throws Exception {
        // Given
        Path path = folder.resolve("a/b");

        // When
        try (DataDirectory data = DataDirectory.open(path)) {

            // Then
            assertThat(permissions(data.path())).isEqualTo("rwx------");
            assertThat(permissions(data.folder("redis"))).isEqualTo("rwx------");
        }
    }

    @Test
    void takesItsFolderFromOtherUsers() throws Exception {
        // Given
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        // When
        try (DataDirectory data = DataDirectory.open(folder)) {

            // Then
            assertThat(permissions(data.path())).isEqualTo("rwx------");
        }
    }

    @Test
    void keepsItsDataBetweenRuns() throws Exception {
        // Given
        try (DataDirectory data = DataDirectory.open(folder)) {
            Files.writeString(data.folder("redis").resolve("file"), "kept");
        }

        // When
        try (DataDirectory data = DataDirectory.open(folder)) {

            // Then
            assertThat(data.folder("redis").resolve("file")).hasContent("kept");
        }
    }

    @Test
    void deletesAnEphemeralFolder() throws Exception {
        // Given
        DataDirectory data = DataDirectory.ephemeral();
        Files.writeString(data.folder("redis").resolve("file"), "gone");

        // When
        data.close();

        // Then
        assertThat(data.path()).doesNotExist();
    }

    @Test
    void refusesASecondOpeningInOneProcessAndKeepsTheFirst() throws Exception {
        // Given
        try (DataDirectory data = DataDirectory.open(folder)) {

            // When / Then
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(
                            "%s is in use by another parley (process %d)",
                            data.path(), ProcessHandle.current().pid());
            try (TestJvm other = TestJvm.start(OneOpening.class, folder.toString())) {
                assertThat(other.readLine(TIMEOUT)).contains("is in use by another parley");
            }
        }
    }

    @Test
    void refusesAFolderThatAnotherProcessHoldsUntilThatIsKilled() throws Exception {
        // Given
        try (TestJvm other = TestJvm.start(OneOpening.class, folder.toString())) {
            assertThat(other.readLine(TIMEOUT)).isEqualTo("opened");

            // When / Then
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageEndingWith("is in use by another parley (process " + other.pid() + ")");

            // When
            other.kill();

            // Then
            DataDirectory.open(folder).close();
        }
    }

    @Test
    void refusesAFile() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "text");

        // When / Then
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessage(file + " is a file, not a folder");
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("cannot be used for data");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesAPlaceWhereNothingCanBeWritten() {
        // Given
        Path place = Path.of("/proc/parley-data");

        // When / Then
        assertThatThrownBy(() -> DataDirectory.open(place))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageStartingWith(place + " cannot be used for data: ");
    }

    @Test
    void refusesAFolderOfSomethingElseAndLeavesItAsItIs() throws Exception {
        // Given
        Files.writeString(folder.resolve("thesis.txt"), "text");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        // When / Then
        assertThatThrownBy(() -> DataDirectory.open(folder))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessage(folder.toRealPath() + " is not empty and holds no parley data");
        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        assertThat(folder).isDirectoryNotContaining("glob:**lock");
    }

    @Test
    void refusesADiskWithoutRoom() {
        // When / Then
        assertThatThrownBy(() -> DataDirectory.open(folder, Long.MAX_VALUE))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(" MB left on its disk; parley needs ");
    }

    @Test
    void refusesTheFormatOfAnotherVersionAndLetsTheFolderGo() throws Exception {
        // Given
        DataDirectory.open(folder).close();
        Files.writeString(folder.resolve("format"), "2\n");

        // When / Then
        assertThatThrownBy(() -> DataDirectory.open(folder))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageEndingWith("was written by another version of parley (data format 2; this version reads 1)");
        Files.writeString(folder.resolve("format"), "1");
        DataDirectory.open(folder).close();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Opens a folder, prints how that went, and holds it until it is killed. */
    static final class OneOpening {

        static void main(String[] args) throws Exception {
            try (DataDirectory data = DataDirectory.open(Path.of(args[0]))) {
                IO.println(data.path().equals(Path.of(args[0]).toRealPath()) ? "opened" : "elsewhere");
                System.in.read();
            } catch (DataDirectoryException e) {
                IO.println(e.getMessage());
            }
        }
    }
}
