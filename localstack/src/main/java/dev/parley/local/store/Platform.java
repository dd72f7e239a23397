package dev.parley.local.store;

import java.util.Locale;

/** The machines that the local cloud's servers are built for. */
enum Platform {
    LINUX_X86_64,
    LINUX_ARM_64,
    MACOS_X86_64,
    MACOS_ARM_64;

    /**
     * The machine that this JVM runs on.
     *
     * @throws LocalStoreException if it is none of these
     */
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String processor) {
        String family = system.startsWith("Mac") ? "MACOS" : system.toUpperCase(Locale.ROOT);
        return switch (family + " " + processor) {
            case "LINUX amd64", "LINUX x86_64" -> LINUX_X86_64;
            case "LINUX aarch64" -> LINUX_ARM_64;
            case "MACOS x86_64", "MACOS amd64" -> MACOS_X86_64;
            case "MACOS aarch64" -> MACOS_ARM_64;
            default ->
                throw new LocalStoreException("The local cloud needs Linux or macOS on x86-64 or ARM64, not " + system
                        + " on " + processor + "; on Windows use WSL");
        };
    }
}
