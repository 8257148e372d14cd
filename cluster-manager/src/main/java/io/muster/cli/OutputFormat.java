package io.muster.cli;

/** How results are printed on stdout. */
enum OutputFormat {
    TEXT,
    JSON
}
