package io.muster.provider.cloud.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.rest.RestError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArmFailuresTest {
    private static Kind kind(int status, String code, String message) {
        return ArmFailures.kind(new RestError(status, code, message, Duration.ZERO));
    }

    @Test
    void codes_mean_what_azure_documents() {
        assertThat(kind(409, "SkuNotAvailable", "")).isEqualTo(Kind.CAPACITY);
        assertThat(kind(409, "ZonalAllocationFailed", "")).isEqualTo(Kind.CAPACITY);
        assertThat(kind(409, "OperationNotAllowed", "exceeding approved Total Regional Cores quota"))
                .isEqualTo(Kind.PERMANENT);
        assertThat(kind(409, "OperationNotAllowed", "Disk d is attached to VM v"))
                .isEqualTo(Kind.IN_USE);
        assertThat(kind(400, "NicInUse", "")).isEqualTo(Kind.IN_USE);
        assertThat(kind(400, "PublicIPAddressCannotBeDeleted", "")).isEqualTo(Kind.IN_USE);
        assertThat(kind(412, "PreconditionFailed", "")).isEqualTo(Kind.EXISTS);
        assertThat(kind(404, "ResourceGroupNotFound", "")).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(404, "SubscriptionNotFound", "")).isEqualTo(Kind.PERMANENT);
        assertThat(kind(429, "", "")).isEqualTo(Kind.THROTTLED);
        assertThat(kind(503, "ServerBusy", "")).isEqualTo(Kind.TRANSIENT);
        assertThat(kind(400, "InvalidParameter", "")).isEqualTo(Kind.PERMANENT);
    }
}
