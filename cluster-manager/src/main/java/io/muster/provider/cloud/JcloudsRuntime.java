package io.muster.provider.cloud;

import org.jclouds.logging.Logger;
import org.jclouds.logging.config.LoggingModule;

/** What jclouds needs on the Java of today, and may say. */
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

    /** A module for every context: requests hold secrets, and failures are told by exceptions. */
    public static LoggingModule silence() {
        return new Silence();
    }

    /** Unlike jclouds' own of this kind it reaches the loggers that print on the console by default. */
    private static final class Silence extends LoggingModule {
        @Override
        public Logger.LoggerFactory createLoggerFactory() {
            return _ -> Logger.NULL;
        }
    }
}
