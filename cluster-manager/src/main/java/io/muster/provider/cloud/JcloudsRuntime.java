package io.muster.provider.cloud;

import org.jclouds.logging.Logger;
import org.jclouds.logging.NullLogger;
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

    private static final class Silence extends LoggingModule {
        @Override
        public Logger.LoggerFactory createLoggerFactory() {
            return _ -> new SilentLogger();
        }
    }

    /** jclouds' own of this kind prints errors. */
    private static final class SilentLogger extends NullLogger {
        @Override
        public void error(String message, Object... args) {}

        @Override
        public void error(Throwable throwable, String message, Object... args) {}
    }
}
