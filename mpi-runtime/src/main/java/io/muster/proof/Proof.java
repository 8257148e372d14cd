package io.muster.proof;

/** What a rank of a proof prints and checks, whatever the library. */
public final class Proof {
    /** First word of the line with the version of the library, which stands before anything can hang. */
    public static final String VERSION = "version ";

    /** The line of a rank that has seen what all others sent; it has not called Finalize yet. */
    public static final String PROVED = "proved";

    private Proof() {}

    /** Says the version at once. */
    static void version(String text) {
        System.out.println(VERSION + text);
        System.out.flush();
    }

    /**
     * Checks what a rank sees of the others.
     *
     * @param size size of the world as the library says
     * @param sum sum of all rank numbers
     */
    static void check(int size, int sum) {
        int wanted = Integer.parseInt(System.getenv().getOrDefault("MUSTER_SIZE", "1"));
        if (size != wanted) {
            throw new IllegalStateException("the library sees " + size + " of " + wanted
                    + " ranks: its launcher and the library of the program are not of one installation");
        }
        if (sum != size * (size - 1) / 2) {
            throw new IllegalStateException("the sum of all rank numbers came out as " + sum);
        }
        System.out.println(PROVED);
        System.out.flush();
    }
}
