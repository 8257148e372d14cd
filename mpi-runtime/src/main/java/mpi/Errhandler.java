package mpi;

/** What happens when a call fails. Every handler throws for now. */
public class Errhandler {
    Errhandler() {}
}
