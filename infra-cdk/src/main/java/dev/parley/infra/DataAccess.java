package dev.parley.infra;

import software.amazon.awscdk.services.iam.Role;

/** The data, as far as the functions' roles have to know of it. */
interface DataAccess {

    /** Lets a role read and write rows, and use the cache. */
    void grantUse(Role role);

    /** Lets a role change the schema, past the proxy. */
    void grantMigration(Role role);

    /** The bucket of files and images. */
    FileBucket files();
}
