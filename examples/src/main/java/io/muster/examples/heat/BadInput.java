package io.muster.examples.heat;

/** The user's arguments or input file cannot be used; the message says what is wrong and what to do. */
final class BadInput extends Exception {

    BadInput(String message) {
        super(message);
    }
}
