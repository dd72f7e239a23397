package dev.parley.infra.phase;

import dev.parley.infra.phase.PhaseProfile.CacheSize;
import dev.parley.infra.phase.PhaseProfile.ContentSize;
import dev.parley.infra.phase.PhaseProfile.DatabaseSize;
import dev.parley.infra.phase.PhaseProfile.FunctionLimits;
import dev.parley.infra.phase.PhaseProfile.GatewaySize;

/** The profiles of the phases. {@code docs/phases.md} shows them with what they cost. */
final class PhaseProfiles {

    private static final PhaseProfile MVP = new PhaseProfile(
            10_000,
            new DatabaseSize(0.5, 8, 0, 30),
            ContentSize.NONE,
            new CacheSize("cache.t4g.small", 1, 1, 7),
            new FunctionLimits(1_000, 0, 100, 0, 0, 0),
            new GatewaySize(10_000, 10_000, 8_000),
            false,
            false,
            false);

    private static final PhaseProfile GROWTH = new PhaseProfile(
            100_000,
            new DatabaseSize(2, 32, 2, 30),
            ContentSize.NONE,
            new CacheSize("cache.r7g.large", 2, 1, 7),
            new FunctionLimits(3_000, 50, 300, 0, 0, 5),
            new GatewaySize(100_000, 20_000, 14_000),
            false,
            false,
            false);

    private static final PhaseProfile SCALE = new PhaseProfile(
            1_000_000,
            new DatabaseSize(8, 128, 3, 30),
            // With zero three writers, so that a cluster that fails or has to be restored concerns a third of the
            // guilds. Each can
            // grow as far as zero; it keeps half as much ready, since reads of the directory are none of its work.
            new ContentSize(2, 4, 128, 1),
            new CacheSize("cache.r7g.xlarge", 6, 1, 7),
            new FunctionLimits(10_000, 200, 1_000, 5, 200, 5),
            new GatewaySize(1_000_000, 100_000, 70_000),
            true,
            true,
            false);

    private static final PhaseProfile ENTERPRISE = new PhaseProfile(
            2_000_000,
            new DatabaseSize(16, 256, 4, 30),
            // The same number: twice the users are twice the capacity of each, and no shard has to move.
            new ContentSize(2, 8, 256, 1),
            new CacheSize("cache.r7g.2xlarge", 8, 2, 7),
            new FunctionLimits(20_000, 400, 1_000, 10, 500, 10),
            new GatewaySize(2_000_000, 200_000, 140_000),
            true,
            true,
            true);

    private PhaseProfiles() {}

    static PhaseProfile of(Phase phase) {
        return switch (phase) {
            case MVP -> MVP;
            case GROWTH -> GROWTH;
            case SCALE -> SCALE;
            case ENTERPRISE -> ENTERPRISE;
        };
    }
}
