package dev.parley.infra;

import dev.parley.infra.phase.Parameters;
import dev.parley.infra.region.RegionPlace;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * What holds state in an emulator: the bucket of files. The database and the cache are servers beside it, which let in whom a password
 * lets in, so that roles need nothing for them.
 */
final class EmulatedData extends NestedStack implements DataAccess {

    private final FileBucket files;
    private final LinkKey linkKey;

    EmulatedData(Construct scope, String id, Parameters parameters, RegionPlace place, EncryptionKey key) {
        super(scope, id);
        files = FileBucket.made(
                this, "Files", place, key.key(), parameters.profile().database().backupDays());
        linkKey = LinkKey.made(this, "LinkKey", place, key.key());
    }

    @Override
    public void grantUse(Role role) {
        // The servers beside the emulator ask for a password.
    }

    @Override
    public void grantMigration(Role role) {
        // As above.
    }

    @Override
    public FileBucket files() {
        return files;
    }

    /** A dynamic reference to the keys that links to files are signed with. */
    String linkKey() {
        return linkKey.value();
    }
}
