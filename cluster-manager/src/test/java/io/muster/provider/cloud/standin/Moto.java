package io.muster.provider.cloud.standin;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A moto server of its own, and calls to it as the owner of the account makes them. */
final class Moto implements AutoCloseable {
    /** Path of moto_server; without it the one on PATH is taken. */
    static final String VARIABLE = "MUSTER_TEST_MOTO";

    static final String REGION = "eu-west-1";

    /** moto takes any key, and tells the region from the scope of the signature. */
    private static final String SCOPE = "AWS4-HMAC-SHA256 Credential=AKIDSTANDIN/20260101/" + REGION
            + "/ec2/aws4_request, SignedHeaders=host, Signature=0";

    private static final String IMAGE = """
            {"ami_id": "ami-0%s", "name": "%s", "owner_id": "%s", "public": true, "virtualization_type": "hvm",
             "architecture": "x86_64", "state": "available", "platform": null, "image_type": "machine",
             "hypervisor": "xen", "root_device_name": "/dev/xvda", "root_device_type": "ebs", "sriov": "simple",
             "creation_date": "%s", "description": "", "image_location": "x/y"}""";

    private final Process process;
    private final Path images;
    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    private Moto(Process process, Path images, URI endpoint) {
        this.process = process;
        this.images = images;
        this.endpoint = endpoint;
    }

    /** Where moto_server is on this machine. */
    static Optional<Path> executable() {
        String said = System.getenv(VARIABLE);
        if (said != null && !said.isEmpty()) {
            return Optional.of(Path.of(said));
        }
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, "moto_server");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    static Moto start() throws IOException, InterruptedException {
        Path images = Files.createTempFile("amis", ".json");
        Files.writeString(
                images,
                "["
                        + IMAGE.formatted(
                                "0001", "debian-12-amd64-20250101-1", "136693071363", "2025-01-01T00:00:00.000Z")
                        + ","
                        + IMAGE.formatted(
                                "0002", "debian-12-amd64-20260101-1", "136693071363", "2026-01-01T00:00:00.000Z")
                        + ","
                        + IMAGE.formatted(
                                "0666", "debian-12-amd64-20270101-1", "666666666666", "2027-01-01T00:00:00.000Z")
                        + "]");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        executable().orElseThrow().toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MOTO_AMIS_PATH", images.toString());
        builder.environment().put("MOTO_ENABLE_AMI_VALIDATION", "1");
        builder.environment().put("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "1");
        Moto moto = new Moto(builder.start(), images, URI.create("http://127.0.0.1:" + port));
        moto.awaitAnswer();
        return moto;
    }

    private void awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                call("DescribeRegions", Map.of());
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    close();
                    throw new IllegalStateException("moto_server does not answer at " + endpoint, e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** The answer of one call in XML. */
    String call(String action, Map<String, String> parameters) throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("Action", action);
        all.put("Version", "2016-11-15");
        String form = all.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(endpoint)
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", SCOPE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(action + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(images);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.close();
    }
}
