package io.muster.provider.cloud.standin;

import io.muster.provider.cloud.standin.ApiServer.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The service that gives tokens for the claims that service accounts sign (RFC 7523), and the Compute Engine API. */
final class GceApi implements ApiServer.Api {
    static final String ACCOUNT = "muster@" + GceRules.PROJECT + ".iam.gserviceaccount.com";

    private static final String TOKENS = "/token";
    private static final String BEARER = "Bearer ";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String SCOPE = "https://www.googleapis.com/auth/compute";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> AVOIDABLE =
            Set.of("noSuchPath", "parseError", "badRequest", "required", "invalid", "authError");

    private final GcePaths paths;
    private final KeyPair key;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    GceApi(GcePaths paths) {
        this.paths = paths;
        this.key = newKey();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** The key file of its service account, as Google makes them. */
    String keyFile(URI endpoint) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return JSON.writeValueAsString(Map.of(
                "type",
                "service_account",
                "project_id",
                GceRules.PROJECT,
                "private_key_id",
                "1",
                "private_key",
                pem,
                "client_email",
                ACCOUNT,
                "client_id",
                "100000000000000000001",
                "token_uri",
                endpoint + TOKENS));
    }

    @Override
    public boolean isAvoidable(String code) {
        return AVOIDABLE.contains(code);
    }

    @Override
    public Reply answer(CallRequest request, URI endpoint) throws CallRefusal {
        String token = request.authorization().orElse("");
        if (!token.startsWith(BEARER) || !tokens.contains(token.substring(BEARER.length()))) {
            throw new CallRefusal(401, "authError", "Request had invalid authentication credentials.");
        }
        return paths.answer(request, endpoint);
    }

    @Override
    public Optional<Reply> login(CallRequest request, URI endpoint) {
        return request.path().equals(TOKENS) ? Optional.of(token(request, endpoint)) : Optional.empty();
    }

    private Reply token(CallRequest request, URI endpoint) {
        Map<String, String> form = CallRequest.decoded(request.text());
        List<String> parts = List.of(form.getOrDefault("assertion", "").split("\\.", -1));
        if (!request.method().equals("POST")
                || !form.getOrDefault("grant_type", "").equals(GRANT)
                || parts.size() != 3) {
            return refused("invalid_request", "Bad request");
        }
        JsonNode claims = decoded(parts.get(1));
        if (!claims.path("iss").asString("").equals(ACCOUNT)) {
            return refused("invalid_grant", "Invalid grant: account not found");
        }
        if (!decoded(parts.get(0)).path("alg").asString("").equals("RS256") || !isSigned(parts)) {
            return refused("invalid_grant", "Invalid JWT Signature.");
        }
        long now = Instant.now().getEpochSecond();
        long from = claims.path("iat").asLong(0);
        long to = claims.path("exp").asLong(0);
        if (from > now + 60 || to < now || to > from + 3_600) {
            return refused(
                    "invalid_grant", "Invalid JWT: Token must be a short-lived token and in a reasonable timeframe");
        }
        if (!claims.path("aud").asString("").equals(endpoint + TOKENS)
                || !claims.path("scope").asString("").equals(SCOPE)) {
            return refused("invalid_scope", "Invalid OAuth scope or audience.");
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        ObjectNode body = JSON.createObjectNode();
        body.put("token_type", "Bearer").put("expires_in", 3599).put("access_token", token);
        return Reply.ok(body);
    }

    private static JsonNode decoded(String part) {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private boolean isSigned(List<String> parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.getPublic());
            signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts.get(2)));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Reply refused(String code, String message) {
        return new Reply(400, JSON.createObjectNode().put("error", code).put("error_description", message), Map.of());
    }

    @Override
    public ObjectNode error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode error = body.putObject("error").put("code", status).put("message", message);
        error.putArray("errors")
                .addObject()
                .put("domain", "global")
                .put("reason", code)
                .put("message", message);
        return body;
    }
}
