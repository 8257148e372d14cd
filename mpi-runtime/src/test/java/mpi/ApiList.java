package mpi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public surface of one dialect, as {@code javap} prints it. */
final class ApiList {
    private static final Pattern MODIFIERS =
            Pattern.compile("(public|static|final|abstract|native|synchronized|<[^>]*>) ");

    private ApiList() {}

    /** A class or a member of one; its key is the same in both dialects when the two are merged into one. */
    sealed interface Entry {
        String key();
    }

    record Type(String name, @Nullable String superclass) implements Entry {
        @Override
        public String key() {
            return "class " + name;
        }
    }

    record Field(
            String owner,
            String name,
            String type,
            boolean isStatic,
            @Nullable String value) implements Entry {
        @Override
        public String key() {
            return owner + "." + name;
        }
    }

    /** A method, or a constructor: named {@code <init>}. */
    record Call(String owner, String name, List<String> parameters, String result, boolean isStatic) implements Entry {
        @Override
        public String key() {
            return owner + "." + name + "(" + String.join(", ", parameters) + ")";
        }
    }

    static List<Entry> read(String resource) {
        List<Entry> entries = new ArrayList<>();
        String owner = "";
        for (String line : lines(resource)) {
            if (line.endsWith("{")) {
                String[] words = line.split(" ");
                int kind = Math.max(
                        Arrays.asList(words).indexOf("class"),
                        Arrays.asList(words).indexOf("interface"));
                // What is not public is nobody's business; its name stays known for its members, of which none is.
                owner = words[kind + 1];
                if (words[0].equals("public")) {
                    String superclass =
                            words.length > kind + 3 && words[kind + 2].equals("extends") ? words[kind + 3] : null;
                    entries.add(new Type(owner, superclass));
                } else {
                    owner = "";
                }
            } else if (line.startsWith("  ") && !owner.isEmpty()) {
                entries.add(member(owner, line.strip().replaceFirst("( throws .*)?;$", "")));
            }
        }
        return entries;
    }

    private static Entry member(String owner, String line) {
        Set<String> modifiers = new HashSet<>();
        String rest = line;
        for (var matcher = MODIFIERS.matcher(rest); matcher.lookingAt(); matcher = MODIFIERS.matcher(rest)) {
            modifiers.add(matcher.group(1));
            rest = rest.substring(matcher.end());
        }
        boolean isStatic = modifiers.contains("static");
        int open = rest.indexOf('(');
        if (open < 0) {
            String[] parts = rest.split("[ =]+");
            return new Field(owner, parts[1], parts[0], isStatic, parts.length > 2 ? parts[2] : null);
        }
        String inside = rest.substring(open + 1, rest.length() - 1);
        List<String> parameters = inside.isEmpty() ? List.of() : List.of(inside.split(", "));
        String[] words = rest.substring(0, open).split(" ");
        if (words.length == 1) {
            return new Call(owner, "<init>", parameters, owner, isStatic);
        }
        // The only type variable there is stands for this class.
        String result = words[0].equals("T") ? "mpi.Struct$Data" : words[0];
        return new Call(owner, words[1], parameters, result, isStatic);
    }

    /** The lines of a resource that are no comments. */
    static List<String> lines(String resource) {
        try (InputStream in = ApiList.class.getResourceAsStream("/api/" + resource)) {
            if (in == null) {
                throw new IOException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
