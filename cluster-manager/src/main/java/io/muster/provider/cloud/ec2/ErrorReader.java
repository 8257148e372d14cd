package io.muster.provider.cloud.ec2;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpResponse;

/** Turns an answer that is an error into {@link Ec2Error}. */
final class ErrorReader implements HttpErrorHandler {
    @Override
    public void handleError(HttpCommand command, HttpResponse response) {
        command.setException(read(response));
    }

    private static Ec2Error read(HttpResponse response) {
        String fallback = "HTTP " + response.getStatusCode() + " " + response.getMessage();
        if (response.getPayload() == null) {
            return new Ec2Error(response.getStatusCode(), "", fallback);
        }
        try (InputStream xml = response.getPayload().openStream()) {
            List<Answer> errors = Answer.read(xml).all("Error");
            return errors.isEmpty()
                    ? new Ec2Error(response.getStatusCode(), "", fallback)
                    : new Ec2Error(
                            response.getStatusCode(),
                            errors.getFirst().text("Code"),
                            errors.getFirst().text("Message"));
        } catch (IOException e) {
            return new Ec2Error(response.getStatusCode(), "", fallback);
        }
    }
}
