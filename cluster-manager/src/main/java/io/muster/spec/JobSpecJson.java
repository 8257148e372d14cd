package io.muster.spec;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A {@link JobSpec} as JSON text, for storage. Written and read by Muster only; unknown keys are passed over. */
public final class JobSpecJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JobSpecJson() {}

    /** One line of JSON. */
    public static String write(JobSpec job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", job.name());
        json.put("program", program(job.program()));
        json.put("ranks", job.ranks());
        job.perNode().ifPresent(count -> json.put("perNode", count));
        json.put("inputs", job.inputs());
        json.put("outputs", job.outputs());
        json.put("environment", job.environment());
        json.put("jvmOptions", job.jvmOptions());
        job.wallTime().ifPresent(span -> json.put("wallTime", span.toString()));
        json.put("oversubscribe", job.oversubscribe().name());
        return MAPPER.writeValueAsString(json);
    }

    /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
    public static JobSpec read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            Map<String, String> environment = new LinkedHashMap<>();
            json.required("environment")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().stringValue()));
            return new JobSpec(
                    json.required("name").stringValue(),
                    program(json.required("program")),
                    json.required("ranks").intValue(),
                    json.has("perNode") ? Optional.of(json.required("perNode").intValue()) : Optional.empty(),
                    strings(json, "inputs"),
                    strings(json, "outputs"),
                    environment,
                    strings(json, "jvmOptions"),
                    json.has("wallTime")
                            ? Optional.of(
                                    Duration.parse(json.required("wallTime").stringValue()))
                            : Optional.empty(),
                    Oversubscribe.valueOf(json.required("oversubscribe").stringValue()));
        } catch (DatabindException e) {
            throw new IllegalArgumentException("a stored job lacks a key: " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a stored job is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> program(Program program) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (program) {
            case Program.Jar jar -> {
                json.put("jar", jar.path());
                json.put("args", jar.args());
            }
            case Program.MainClass main -> {
                json.put("mainClass", main.name());
                json.put("classPath", main.classPath());
                json.put("args", main.args());
            }
            case Program.Command command -> json.put("command", command.words());
        }
        return json;
    }

    private static Program program(JsonNode json) {
        if (json.has("jar")) {
            return new Program.Jar(json.required("jar").stringValue(), strings(json, "args"));
        }
        if (json.has("mainClass")) {
            return new Program.MainClass(
                    json.required("mainClass").stringValue(), strings(json, "classPath"), strings(json, "args"));
        }
        return new Program.Command(strings(json, "command"));
    }

    private static List<String> strings(JsonNode json, String key) {
        return json.required(key).values().stream().map(JsonNode::stringValue).toList();
    }
}
