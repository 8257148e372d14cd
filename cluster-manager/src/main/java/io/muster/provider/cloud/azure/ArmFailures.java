package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.rest.RestError;
import java.util.Locale;
import java.util.Set;

/** What the errors of Azure mean, after its pages on errors of deployments, allocation, and throttling. */
final class ArmFailures {
    private static final Set<String> NO_ROOM = Set.of(
            "SkuNotAvailable",
            "AllocationFailed",
            "ZonalAllocationFailed",
            "OverconstrainedAllocationRequest",
            "OverconstrainedZonalAllocationRequest");
    private static final Set<String> LATER = Set.of(
            "TooManyRequests",
            "SubscriptionRequestsThrottled",
            "ResourceRequestsThrottled",
            "RetryableErrorDueToAnotherOperation",
            "AnotherOperationInProgress",
            // For three minutes after a machine could not be made with it.
            "NicReservedForAnotherVm",
            "ResourceGroupBeingDeleted");
    private static final Set<String> TERMS = Set.of(
            "MarketplacePurchaseEligibilityFailed", "ResourcePurchaseValidationFailed", "VMMarketplaceInvalidInput");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY = 429;

    private ArmFailures() {}

    /** @param seen what was called and where */
    static CloudFailure failure(String seen, RestError error) {
        String code = error.code().isEmpty() ? "" : error.code() + ": ";
        return new CloudFailure(
                kind(error), seen + ": " + code + error.said() + next(error), error, error.retryAfter());
    }

    /** Whether Azure had no room for a machine. */
    static boolean isNoRoom(String code) {
        return NO_ROOM.contains(code);
    }

    static Kind kind(RestError error) {
        String code = error.code();
        if (isNoRoom(code)) {
            return Kind.CAPACITY;
        }
        if (LATER.contains(code) || error.status() == TOO_MANY) {
            return Kind.THROTTLED;
        }
        if (isQuota(error)) {
            return Kind.PERMANENT;
        }
        if (code.contains("InUse") || code.endsWith("CannotBeDeleted") || isAttached(error)) {
            return Kind.IN_USE;
        }
        if (error.status() == PRECONDITION_FAILED) {
            return Kind.EXISTS;
        }
        if (error.status() == NOT_FOUND) {
            return code.equals("SubscriptionNotFound") ? Kind.PERMANENT : Kind.NOT_FOUND;
        }
        return error.status() >= 500 || code.equals("Conflict") ? Kind.TRANSIENT : Kind.PERMANENT;
    }

    private static boolean isQuota(RestError error) {
        return error.code().contains("Quota")
                || error.code().endsWith("LimitReached")
                || error.code().endsWith("LimitExceeded")
                || (error.code().equals("OperationNotAllowed")
                        && error.said().toLowerCase(Locale.ROOT).contains("quota"));
    }

    private static boolean isAttached(RestError error) {
        return error.code().equals("OperationNotAllowed") && error.said().contains("attached");
    }

    private static String next(RestError error) {
        if (error.said().startsWith("AADSTS")) {
            return login(error);
        }
        String code = error.code();
        if (code.equals("SubscriptionNotFound") || code.equals("InvalidSubscriptionId")) {
            return ". Set AZURE_SUBSCRIPTION_ID; az account list shows what there is";
        }
        if (code.equals("InvalidAuthenticationTokenTenant")) {
            return ". The subscription belongs to another tenant: set AZURE_TENANT_ID or AZURE_SUBSCRIPTION_ID";
        }
        if (error.status() == UNAUTHORIZED) {
            return ". Renew AZURE_CLIENT_SECRET; az login --service-principal shows whether the login is taken";
        }
        if (error.status() == FORBIDDEN) {
            return ". Give the application of AZURE_CLIENT_ID the role Contributor in the subscription of"
                    + " AZURE_SUBSCRIPTION_ID";
        }
        if (isQuota(error)) {
            return ". Take fewer or smaller nodes, or ask for a higher quota: az vm list-usage shows the present one";
        }
        if (TERMS.contains(code)) {
            return ". Accept the terms of the image once: az vm image terms accept --urn ITS-URN";
        }
        return code.equals("MissingSubscriptionRegistration")
                ? ". Register it once: az provider register --namespace Microsoft.Compute (and Microsoft.Network)"
                : "";
    }

    private static String login(RestError error) {
        if (error.said().startsWith("AADSTS70002") || error.code().equals("invalid_client")) {
            return ". Set AZURE_CLIENT_SECRET to a secret of the application that is valid now";
        }
        if (error.code().equals("unauthorized_client")) {
            return ". Set AZURE_CLIENT_ID to an application of the tenant in AZURE_TENANT_ID";
        }
        return ". Set AZURE_TENANT_ID to the id of the directory that the application is in";
    }
}
