package io.muster.launch;

/** Which of the two output streams of a rank. */
public enum OutputStreamName {
    STDOUT,
    STDERR
}
