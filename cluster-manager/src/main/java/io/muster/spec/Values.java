package io.muster.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The right values of a file by path: {@code nodes.count → 4}, {@code nodes[1].type[0] → c7i.large}. */
final class Values {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    void put(String path, String text) {
        texts.put(path, text);
    }

    void putList(String path, int size) {
        sizes.put(path, size);
    }

    Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    OptionalInt whole(String path) {
        String text = texts.get(path);
        return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    boolean isTrue(String path) {
        return text(path).map(Boolean::valueOf).orElse(false);
    }

    boolean isList(String path) {
        return sizes.containsKey(path);
    }

    /** The paths of the elements of a list; of none when there is no list. */
    List<String> elements(String path) {
        return IntStream.range(0, sizes.getOrDefault(path, 0))
                .mapToObj(i -> path + "[" + i + "]")
                .toList();
    }

    /** The path of each group of nodes. */
    List<String> groups() {
        return isList("nodes") ? elements("nodes") : List.of("nodes");
    }
}
