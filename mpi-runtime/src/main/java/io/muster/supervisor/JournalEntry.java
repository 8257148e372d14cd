package io.muster.supervisor;

/**
 * An event with its place in the journal.
 *
 * @param offset where it begins, in bytes
 * @param nextOffset where the next one will begin: what to pass to follow on from here
 */
public record JournalEntry(long offset, long nextOffset, JobEvent event) {}
