package io.muster.provider.cloud.ec2;

import com.google.common.base.Function;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jclouds.http.HttpResponse;

/** Reads what EC2 answers. */
final class AnswerParser implements Function<HttpResponse, Answer> {
    @Override
    public Answer apply(HttpResponse response) {
        try (InputStream xml = response.getPayload().openStream()) {
            return Answer.read(xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
