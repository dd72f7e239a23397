package dev.parley.local.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.bytecode.JmhBytecodeGenerator;

/**
 * The benchmarks of what runs for every message, with JMH. What JMH runs is generated from the compiled classes and compiled here,
 * so that neither its generator nor its sources are part of the build. What follows on the command line is JMH's.
 */
public final class HotParts {

    private static final Path CLASSES = Path.of("localstack", "target", "test-classes");
    private static final Path GENERATED = Path.of("localstack", "target", "jmh");

    private HotParts() {}

    public static void main(String... arguments) throws Exception {
        Path sources = Files.createDirectories(GENERATED.resolve("sources"));
        Path classes = Files.createDirectories(GENERATED.resolve("classes"));
        Path benchmarks = Files.createDirectories(GENERATED.resolve("benchmarks"));
        copy(benchmarks);
        JmhBytecodeGenerator.main(
                new String[] {benchmarks.toString(), sources.toString(), classes.toString(), "reflection"});
        compile(sources, classes);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                "org.openjdk.jmh.Main"));
        command.addAll(List.of(arguments));
        System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    /** The generator loads every class that it is shown. */
    private static void copy(Path target) throws IOException {
        Path folder = Path.of(HotParts.class.getPackageName().replace('.', File.separatorChar));
        Files.createDirectories(target.resolve(folder));
        try (Stream<Path> files = Files.list(CLASSES.resolve(folder))) {
            for (Path file : files.filter(one -> one.toString().endsWith("Benchmark.class"))
                    .toList()) {
                Path copy = target.resolve(folder).resolve(file.getFileName());
                Files.deleteIfExists(copy);
                Files.copy(file, copy);
            }
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(one -> one.endsWith(".java")).forEach(arguments::add);
        }
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("What JMH has generated in " + sources + " does not compile");
        }
    }
}
