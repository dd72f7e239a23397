package dev.parley.infra.diff;

import java.nio.file.Path;
import java.util.List;

/** Prints, as Markdown, what deploying one cloud assembly over another would do. */
public final class TemplateDiffTool {

    private TemplateDiffTool() {}

    /**
     * Takes the directories of two cloud assemblies, the deployed one first. The exit code is 0 whatever differs, and 2 for
     * arguments that cannot be used.
     */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("Name two cloud assemblies: BEFORE AFTER.");
            System.exit(2);
        }
        DeploymentTemplates before = DeploymentTemplates.read(Path.of(args[0]));
        DeploymentTemplates after = DeploymentTemplates.read(Path.of(args[1]));
        List<Change> changes = new TemplateDiff(ReplacementRules.load()).compare(before, after);
        System.out.print(new DiffReport(changes, new StateGuard().violations(changes, after)).markdown());
    }
}
