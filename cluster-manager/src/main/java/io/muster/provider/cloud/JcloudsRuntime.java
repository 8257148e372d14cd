package io.muster.provider.cloud;

/** What jclouds needs on the Java of today. */
public final class JcloudsRuntime {
    private static final String GUICE_BYTECODE = "guice_bytecode_gen_option";

    private JcloudsRuntime() {}

    /** To be called before the first context is made; does no harm later. */
    public static void prepare() {
        // Guice would define classes through a part of Java that warns of its end. jclouds has no use for them.
        if (System.getProperty(GUICE_BYTECODE) == null) {
            System.setProperty(GUICE_BYTECODE, "DISABLED");
        }
    }
}
