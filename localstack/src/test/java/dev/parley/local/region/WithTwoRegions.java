package dev.parley.local.region;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one class that have two Regions, which are started before the first and stopped after the last. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WithTwoRegions {

    TwoRegions regions;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        regions = TwoRegions.start(folder);
    }

    @AfterAll
    void stop() {
        if (regions != null) {
            regions.close();
        }
    }
}
