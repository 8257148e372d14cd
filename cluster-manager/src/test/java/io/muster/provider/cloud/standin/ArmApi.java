package io.muster.provider.cloud.standin;

import io.muster.provider.cloud.standin.ApiServer.Reply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The login service of Azure and its resource manager. */
final class ArmApi implements ApiServer.Api {
    static final String TENANT = "7f1c0e2a-0000-4000-8000-000000000001";
    static final String CLIENT = "7f1c0e2a-0000-4000-8000-000000000002";
    static final String SECRET = "not~a~secret";

    private static final String BEARER = "Bearer ";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> AVOIDABLE = Set.of(
            "InvalidRequestContent",
            "InvalidResourceType",
            "NoRegisteredProviderFound",
            "InvalidApiVersionParameter",
            "MissingApiVersionParameter",
            "LocationRequired",
            "InvalidResourceReference",
            "ReferencedResourceNotProvisioned",
            "NotFound",
            "AuthenticationFailed");

    private final ArmPaths paths;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    ArmApi(ArmPaths paths) {
        this.paths = paths;
    }

    @Override
    public boolean isAvoidable(String code) {
        return AVOIDABLE.contains(code);
    }

    @Override
    public Reply answer(CallRequest request, URI endpoint) throws CallRefusal {
        String token = request.authorization()
                .orElseThrow(() -> new CallRefusal(
                        401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."));
        if (!token.startsWith(BEARER) || !tokens.contains(token.substring(BEARER.length()))) {
            throw new CallRefusal(401, "InvalidAuthenticationToken", "The access token is invalid.");
        }
        return paths.answer(request, endpoint);
    }

    @Override
    public Optional<Reply> login(CallRequest request, URI endpoint) {
        return request.path().endsWith("/oauth2/token") ? Optional.of(token(request, endpoint)) : Optional.empty();
    }

    private Reply token(CallRequest request, URI endpoint) {
        Map<String, String> form = CallRequest.decoded(request.text());
        if (!request.words().getFirst().equals(TENANT)) {
            return refused(
                    400,
                    "invalid_request",
                    "AADSTS90002: Tenant '" + request.words().getFirst() + "' not found.");
        }
        if (!form.getOrDefault("grant_type", "").equals("client_credentials")
                || !form.getOrDefault("resource", "").equals(endpoint + "/")) {
            return refused(400, "invalid_resource", "AADSTS500011: The resource principal was not found.");
        }
        if (!form.getOrDefault("client_id", "").equals(CLIENT)) {
            return refused(400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.");
        }
        if (!form.getOrDefault("client_secret", "").equals(SECRET)) {
            return refused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1");
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        ObjectNode body = JSON.createObjectNode();
        body.put("token_type", "Bearer").put("expires_in", "3599").put("access_token", token);
        return Reply.ok(body);
    }

    private static Reply refused(int status, String code, String message) {
        return new Reply(
                status, JSON.createObjectNode().put("error", code).put("error_description", message), Map.of());
    }

    @Override
    public ObjectNode error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }
}
