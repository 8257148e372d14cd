package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;

/** Names of ports, which the launcher keeps (MPI 4.1, section 11.9.4). */
final class PublishedNames {
    private PublishedNames() {}

    static void publish(String name, String port) {
        String call = "publishName";
        LauncherAnswer answer = LauncherCall.ask(call, ErrorClass.SERVICE, new LauncherRequest.PublishName(name, port));
        if (answer.kind() == LauncherAnswer.Kind.TAKEN) {
            throw failed(call, name, ErrorClass.SERVICE, "the name is in use; take it back with unpublishName first");
        }
    }

    static void unpublish(String name) {
        String call = "unpublishName";
        LauncherAnswer answer = LauncherCall.ask(call, ErrorClass.SERVICE, new LauncherRequest.UnpublishName(name));
        if (answer.kind() == LauncherAnswer.Kind.UNKNOWN) {
            throw failed(call, name, ErrorClass.SERVICE, "this process has not published that name");
        }
    }

    static String lookUp(String name) {
        String call = "lookupName";
        LauncherAnswer answer = LauncherCall.ask(call, ErrorClass.NAME, new LauncherRequest.LookUpName(name));
        if (answer.kind() == LauncherAnswer.Kind.UNKNOWN) {
            throw failed(call, name, ErrorClass.NAME, "nobody has published that name, or its job has ended");
        }
        return answer.text();
    }

    private static MPIException failed(String call, String name, ErrorClass errorClass, String why) {
        String message = call + "(service='" + name + "'): " + why;
        return new MPIException(errorClass, message, new Failure(errorClass, why));
    }
}
