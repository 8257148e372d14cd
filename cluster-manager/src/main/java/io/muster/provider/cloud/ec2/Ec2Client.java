package io.muster.provider.cloud.ec2;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.Set;
import org.jclouds.http.HttpResponseException;

/** Calls EC2 and says what its errors mean, after the list of error codes in the EC2 API reference. Thread-safe. */
final class Ec2Client implements AutoCloseable {
    private static final Set<String> NO_ROOM = Set.of(
            "InsufficientInstanceCapacity",
            "InsufficientCapacity",
            "InsufficientHostCapacity",
            "InsufficientReservedInstanceCapacity",
            "SpotMaxPriceTooLow",
            "UnfulfillableCapacity",
            "Unsupported");
    private static final Set<String> TOO_SOON = Set.of(
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "EC2ThrottledException",
            "RequestThrottled",
            "ResourceCountExceeded");
    private static final Set<String> CREDENTIALS = Set.of(
            "AuthFailure",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "ExpiredToken",
            "RequestExpired",
            "OptInRequired",
            "Blocked");
    private static final Set<String> QUOTA = Set.of(
            "InstanceLimitExceeded",
            "VcpuLimitExceeded",
            "MaxSpotInstanceCountExceeded",
            "SecurityGroupLimitExceeded",
            "VolumeLimitExceeded",
            "AddressLimitExceeded",
            "PendingVerification");

    private final Ec2Calls calls;
    private final Place place;

    Ec2Client(Ec2Calls calls, Place place) {
        this.calls = calls;
        this.place = place;
    }

    Answer call(Query query) throws CloudFailure {
        try {
            return calls.call(query);
        } catch (Ec2Error e) {
            throw failure(query, e);
        } catch (HttpResponseException | UncheckedIOException e) {
            throw new CloudFailure(Kind.TRANSIENT, query + " in " + place + " got no answer: " + e.getMessage(), e);
        }
    }

    private CloudFailure failure(Query query, Ec2Error error) {
        String code = error.code().isEmpty() ? "" : error.code() + ": ";
        String seen = query + " in " + place + ": " + code + error.getMessage();
        Kind kind = kind(error);
        // Java's client keeps the text of this status to itself.
        if (CREDENTIALS.contains(error.code()) || error.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new CloudFailure(
                    kind,
                    seen + ". Renew the AWS credentials; aws sts get-caller-identity shows whose they are",
                    error);
        }
        if (error.code().equals("UnauthorizedOperation")) {
            return new CloudFailure(kind, seen + ". Have the account's administrator allow it", error);
        }
        if (QUOTA.contains(error.code())) {
            return new CloudFailure(
                    kind, seen + ". Take fewer or smaller nodes, or ask for more in AWS Service Quotas", error);
        }
        return new CloudFailure(kind, seen, error);
    }

    static Kind kind(Ec2Error error) {
        String code = error.code();
        if (NO_ROOM.contains(code)) {
            return Kind.CAPACITY;
        }
        if (TOO_SOON.contains(code) || error.status() == 429) {
            return Kind.THROTTLED;
        }
        if (code.endsWith(".NotFound") || code.equals("InvalidPlacementGroup.Unknown")) {
            // What the user names does not come by waiting; what was just made does.
            return code.startsWith("InvalidAMI") || code.startsWith("InvalidSubnet") ? Kind.PERMANENT : Kind.NOT_FOUND;
        }
        if (code.endsWith(".Duplicate")) {
            return Kind.EXISTS;
        }
        if (code.equals("DependencyViolation") || code.endsWith(".InUse")) {
            return Kind.IN_USE;
        }
        return error.status() >= 500 ? Kind.TRANSIENT : Kind.PERMANENT;
    }

    @Override
    public void close() {
        try {
            calls.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
