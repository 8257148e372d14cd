package io.muster.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known word a mistyped one was probably meant to be. */
public final class Spelling {
    private static final int MAX_LENGTH = 60;

    private Spelling() {}

    /** The nearest known word, if it is near enough to be worth saying. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String plain = plain(word);
        return known.stream()
                .filter(candidate -> isNear(plain, plain(candidate)))
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
    }

    /** Steps from one word to the other: insert, remove, replace, or swap two neighbours. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(steps[i - 1][j] + 1, steps[i][j - 1] + 1);
                best = Math.min(best, steps[i - 1][j - 1] + change);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                steps[i][j] = swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
            }
        }
        return steps[from.length()][to.length()];
    }

    private static boolean isNear(String word, String candidate) {
        boolean prefix = word.length() >= 3 && (candidate.startsWith(word) || word.startsWith(candidate));
        return prefix || distance(word, candidate) <= Math.max(1, Math.max(word.length(), candidate.length()) / 3);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }
}
