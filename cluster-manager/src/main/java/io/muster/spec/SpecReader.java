package io.muster.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads sizing files: the wish as a whole or all problems at once. Stateless; reads the file, nothing else. */
public final class SpecReader {
    /** Largest sizing file in bytes. */
    public static final int MAX_FILE_BYTES = 1 << 20;

    static final String MINIMAL = "at least cluster, provider and nodes with count.";

    private SpecReader() {}

    /** Reads a sizing file; a file that cannot be read is a problem like any other. Blocks on the disk. */
    public static ReadResult read(Path file) {
        ProblemSink problems = new ProblemSink(file.toString(), "");
        try {
            if (Files.isDirectory(file)) {
                problems.addForFile("this is a folder", "Name the sizing file in it.");
                return problems.toResult();
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            }
            if (bytes.length > MAX_FILE_BYTES) {
                problems.addForFile(
                        "the file is larger than " + MAX_FILE_BYTES / 1024 + " KiB",
                        "A sizing file has a few lines; check that this is the right file.");
                return problems.toResult();
            }
            return switch (parse(file.toString(), decode(bytes))) {
                case ReadResult.Ok ok -> new ReadResult.Ok(placed(ok.spec(), file));
                case ReadResult.Problems wrong -> wrong;
            };
        } catch (NoSuchFileException e) {
            problems.addForFile("there is no such file", "Check the path; it starts from the current folder.");
        } catch (AccessDeniedException e) {
            problems.addForFile("the file may not be read", "Give yourself the right: chmod u+r " + file);
        } catch (CharacterCodingException e) {
            problems.addForFile("the file is no UTF-8 text", "Save it as UTF-8, or check that this is the right file.");
        } catch (IOException e) {
            problems.addForFile("the file cannot be read: " + e, "Check the path and the disk.");
        }
        return problems.toResult();
    }

    /** Archives that a file names lie beside it. */
    private static ClusterSpec placed(ClusterSpec spec, Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        return spec.withRuntimes(
                spec.runtimes().stream().map(runtime -> runtime.from(folder)).toList());
    }

    /** Reads the text of a sizing file; {@code name} stands for it in problems. */
    public static ReadResult parse(String name, String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        ProblemSink problems = new ProblemSink(name, plain);
        Optional<Located> root;
        try (JsonParser tokens = new YAMLFactory().createParser(ObjectReadContext.empty(), plain)) {
            root = new TreeReader(tokens, problems).document();
        } catch (JacksonException e) {
            SyntaxError.report(e, problems);
            return problems.toResult();
        }
        if (root.isEmpty()) {
            problems.addForFile("the file is empty", "Write one \"key: value\" a line, " + MINIMAL);
            return problems.toResult();
        }
        Values values = new KeyChecker(problems).check(root.get());
        new GroupChecker(problems, values).check(root.get());
        new RuntimeChecker(problems, values).check(root.get());
        return problems.isEmpty() ? new ReadResult.Ok(SpecAssembly.of(values)) : problems.toResult();
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
