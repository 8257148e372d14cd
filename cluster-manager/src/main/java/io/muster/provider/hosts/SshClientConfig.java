package io.muster.provider.hosts;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The user's {@code ssh_config}, as ssh_config(5) reads it: the first value counts, files include others, sections
 * apply by patterns. Of {@code Match}, the conditions {@code all}, {@code host}, {@code originalhost}, {@code user} and
 * {@code localuser} are known; a section with another condition does not apply. Immutable, reads its files each time.
 *
 * @param home the user's home
 * @param user login name of the user on this machine
 * @param files configurations in the order in which they count; those that do not exist are passed over
 */
record SshClientConfig(Path home, String user, List<Path> files) {
    private static final int MAX_DEPTH = 16;
    private static final Set<String> MANY = Set.of("identityfile");

    /** The configuration of the user who runs this process. */
    static SshClientConfig ofUser() {
        Path home = Path.of(System.getProperty("user.home"));
        return new SshClientConfig(
                home,
                System.getProperty("user.name"),
                List.of(home.resolve(".ssh/config"), Path.of("/etc/ssh/ssh_config")));
    }

    /** What the files say for one host; names of options in lower case. */
    record Settings(Map<String, List<String>> options) {
        /** The one value of an option; empty when it is not set. */
        Optional<String> text(String option) {
            return Optional.ofNullable(options.get(option)).map(List::getFirst);
        }

        List<String> all(String option) {
            return options.getOrDefault(option, List.of());
        }
    }

    /**
     * Looks a host up. Blocks on the disk.
     *
     * @param host as the user wrote it
     * @param as login name that was asked for, for sections that depend on it
     */
    Settings settings(String host, Optional<String> as) throws IOException {
        Lookup lookup = new Lookup(host, as);
        for (Path file : files) {
            if (Files.isReadable(file)) {
                lookup.apply(file, true, 0);
            }
        }
        return new Settings(lookup.found);
    }

    /** A path as a user writes it: {@code ~} is the home. */
    Path path(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return home.resolve(text.substring(Math.min(2, text.length())));
        }
        return home.resolve(text);
    }

    private final class Lookup {
        private final String host;
        private final Optional<String> as;
        private final Map<String, List<String>> found = new LinkedHashMap<>();

        Lookup(String host, Optional<String> as) {
            this.host = host;
            this.as = as;
        }

        void apply(Path file, boolean applies, int depth) throws IOException {
            boolean active = applies;
            for (String line : Files.readAllLines(file)) {
                List<String> words = words(line);
                if (words.isEmpty()) {
                    continue;
                }
                String option = words.getFirst().toLowerCase(Locale.ROOT);
                List<String> values = words.subList(1, words.size());
                switch (option) {
                    case "host" -> active = applies && matches(values, host);
                    case "match" -> active = applies && matchApplies(values);
                    case "include" -> {
                        if (active && depth < MAX_DEPTH) {
                            for (Path included : included(file, values)) {
                                apply(included, true, depth + 1);
                            }
                        }
                    }
                    default -> {
                        if (active && !values.isEmpty()) {
                            take(option, values);
                        }
                    }
                }
            }
        }

        private void take(String option, List<String> values) {
            if (MANY.contains(option)) {
                found.computeIfAbsent(option, _ -> new ArrayList<>()).addAll(values);
            } else {
                found.putIfAbsent(option, List.copyOf(values));
            }
        }

        private boolean matchApplies(List<String> conditions) {
            Iterator<String> words = conditions.iterator();
            while (words.hasNext()) {
                String condition = words.next().toLowerCase(Locale.ROOT);
                if (condition.equals("all")) {
                    continue;
                }
                boolean negated = condition.startsWith("!");
                String patterns = words.hasNext() ? words.next() : "";
                Optional<String> subject = switch (negated ? condition.substring(1) : condition) {
                    case "host" -> Optional.of(first("hostname").orElse(host));
                    case "originalhost" -> Optional.of(host);
                    case "user" -> as.or(() -> first("user")).or(() -> Optional.of(user));
                    case "localuser" -> Optional.of(user);
                    default -> Optional.empty();
                };
                if (subject.isEmpty() || matches(List.of(patterns.split(",")), subject.get()) == negated) {
                    return false;
                }
            }
            return true;
        }

        private Optional<String> first(String option) {
            return Optional.ofNullable(found.get(option)).map(List::getFirst);
        }
    }

    private List<Path> included(Path file, List<String> patterns) throws IOException {
        Path folder = file.startsWith(home) ? home.resolve(".ssh") : file.getParent();
        List<Path> all = new ArrayList<>();
        for (String pattern : patterns) {
            Path path = pattern.startsWith("~") ? path(pattern) : (folder == null ? home : folder).resolve(pattern);
            Path parent = path.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                continue;
            }
            List<Path> some = new ArrayList<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, String.valueOf(path.getFileName()))) {
                found.forEach(some::add);
            }
            some.stream().filter(Files::isRegularFile).sorted().forEach(all::add);
        }
        return all;
    }

    /** One that is negated and matches refuses, whatever else matches. */
    static boolean matches(List<String> patterns, String subject) {
        boolean matched = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (glob(negated ? pattern.substring(1) : pattern).matcher(subject).matches()) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.chars()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    /** The words of a line: an option, perhaps {@code =}, and its values, which may stand in quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : line.strip().toCharArray()) {
            boolean separates = Character.isWhitespace(c) || (c == '=' && words.size() + (inWord ? 1 : 0) == 1);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == '#' && !inWord) {
                break;
            } else if (!separates) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
