package io.muster.provider.cloud.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpRequest;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the words of Keystone, Nova and Neutron of release Zed. */
final class OpenStackErrorTest {
    private static CloudFailure failure(int status, String message) {
        HttpCommand command = new HttpCommand(HttpRequest.builder()
                .method("POST")
                .endpoint("http://10.77.0.2:8774/v2.1/servers")
                .build());
        HttpResponse response =
                HttpResponse.builder().statusCode(status).message("odd").build();
        String content = "{\"kind\": {\"code\": " + status + ", \"message\": \"" + message + "\"}}";
        RuntimeException thrown =
                new AuthorizationException(content, new HttpResponseException(command, response, content));
        return OpenStackError.of(thrown).orElseThrow().failure("create server", thrown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Quota exceeded for cores: Requested 1, but already used 20 of 20 cores | CAPACITY   | higher quota
            409 | Quota exceeded for resources: ['security_group'].                      | CAPACITY   | higher quota
            413 | Quota exceeded, too many key pairs.                                    | CAPACITY   | higher quota
            401 | The request you have made requires authentication.                     | PERMANENT  | OS_PASSWORD
            403 | Policy does not allow os_compute_api:servers:create to be performed.   | PERMANENT  | OS_PROJECT_NAME
            413 | This request was rate-limited.                                         | THROTTLED  | rate-limited
            429 | Too Many Requests                                                      | THROTTLED  | (HTTP 429)
            409 | Security Group 28936d7c in use.                                        | IN_USE     | in use
            409 | Key pair 'muster_ada_heat' already exists.                             | EXISTS     | already exists
            404 | Instance 70a50193 could not be found.                                  | NOT_FOUND  | 70a50193
            400 | Invalid input for field/attribute name.                                | PERMANENT  | Invalid input
            503 | The server is currently unavailable.                                   | TRANSIENT  | unavailable
            500 | Unexpected API Error. Quota driver failed.                             | TRANSIENT  | Unexpected
            """)
    void an_answer_has_a_kind_and_a_next_step(int status, String message, Kind kind, String words) {
        CloudFailure failure = failure(status, message);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.said()).startsWith("create server: " + message).contains(words);
    }

    @Test
    void no_answer_may_come_later_and_what_is_no_call_has_no_answer() {
        HttpCommand command = new HttpCommand(HttpRequest.builder()
                .method("GET")
                .endpoint("http://10.77.0.2:5000/v3")
                .build());
        RuntimeException thrown = new HttpResponseException("connection refused", command, null);
        assertThat(OpenStackError.of(thrown)
                        .orElseThrow()
                        .failure("list", thrown)
                        .kind())
                .isEqualTo(Kind.TRANSIENT);
        assertThat(OpenStackError.of(new IllegalStateException("no endpoint"))).isEmpty();
    }
}
