package io.muster.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** The name that is fewest typing mistakes away; empty when every name is too far. */
    static Optional<String> to(String typed, Collection<String> names) {
        int tolerated = 1 + typed.length() / 3;
        return names.stream()
                .filter(name -> mistakes(typed, name) <= tolerated)
                .min(Comparator.comparingInt((String name) -> mistakes(typed, name))
                        .thenComparing(name -> name));
    }

    /** Letters that are wrong, missing, too many, or swapped with their neighbour. */
    static int mistakes(String typed, String name) {
        int[][] least = new int[typed.length() + 1][name.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= name.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int wrong = typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1;
                int best = Math.min(least[i - 1][j - 1] + wrong, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && typed.charAt(i - 1) == name.charAt(j - 2)
                        && typed.charAt(i - 2) == name.charAt(j - 1);
                least[i][j] = swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
            }
        }
        return least[typed.length()][name.length()];
    }
}
